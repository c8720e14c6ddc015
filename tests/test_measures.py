"""What is counted and what happened to it: pairs of a sentence and its (text, event, item)."""

import pytest

from conflictstats.claims import read_claims
from conflictstats.codebook import load_codebook
from conflictstats.records import Article


def read(text: str) -> list[tuple[str, str, str]]:
    claims = read_claims(Article("test", text), load_codebook())
    return [(c.quantity.text, c.measure.event, c.measure.item) for c in claims]


PAIRS = [
    # a list behind a colon that adds up to the figure before it, however long the sentence
    (
        "Between 10:00 p.m. Moscow time (7:00 p.m. GMT) on May 3 and 6:00 a.m. Moscow time (3:00 a.m. GMT), on-duty air"
        " defenses intercepted and destroyed 60 fixed-wing Ukrainian unmanned aerial vehicles: 20 over the Kursk Region,"
        " 15 over the Oryol Region, nine over the Tula Region, five over the Kaluga Region, four over the Tver Region,"
        " three over the Rostov Region, two over the Penza Region, one over the Samara Region and one over the Saratov"
        ' Region," the ministry said.',
        [(n, "intercepted", "drone") for n in "60 20 15 nine five four three two one one".split()],
    ),
    (
        "The ministry said 14 Russian drones were allegedly intercepted and destroyed.",
        [("14", "intercepted", "drone")],
    ),
    # what a side lost, wherever the list hangs
    (
        "The army suffered heavy losses in just 24 hours, including 940 troops, 31 artillery systems and 12 drones.",
        [("940", "casualties", "combatant"), ("31", "destroyed", "artillery"), ("12", "destroyed", "drone")],
    ),
    (
        "This brings total combat losses for Russian forces since the start of the war to about 410,000 personnel.",
        [("about 410,000", "casualties", "combatant")],
    ),
    (
        "The report puts its losses since the invasion at 7,400 tanks.",
        [("7,400", "destroyed", "tank")],
    ),
    # of the killed, so many in one strike
    (
        "The ministry said 71 people had been killed, including 12 in one strike on a house.",
        [("71", "killed", "person"), ("12", "killed", "person")],
    ),
    (
        "It said 71 people had been killed, including 12 in two raids on the port and nine in an attack on a school.",
        [
            ("71", "killed", "person"),
            ("12", "killed", "person"),
            ("two", "conducted", "attack"),
            ("nine", "killed", "person"),
        ],
    ),
    (
        "On the northern side, including the occupied hills, 14 soldiers and 20 civilians have been killed.",
        [("14", "killed", "combatant"), ("20", "killed", "civilian")],
    ),
    (
        "Officials reported the loss of one life and injuries to two residents of Odesa.",
        [("one", "killed", "person"), ("two", "wounded", "civilian")],
    ),
    (
        "Officials put 63 troops killed. Others estimated the death toll closer to 400.",
        [("63", "killed", "combatant"), ("400", "killed", "person")],
    ),
    # what hits is not hit
    ("There was one direct missile hit on a residential building.", [("one", "hit", "missile")]),
    ("The battery hit one missile over the sea.", [("one", "intercepted", "missile")]),
    # the number of a picture
    ("epa10493021 Women carry water after an air strike killed four people.", [("four", "killed", "person")]),
    # lists whose commas the crawl has lost
    (
        "Bomb hits market in northern Baghdad 12 dead 30 injured",
        [("12", "killed", "person"), ("30", "wounded", "person")],
    ),
    (
        "Dozens killed 14 homes destroyed in shelling of Avdiivka",
        [("Dozens", "killed", "person"), ("14", "destroyed", "home")],
    ),
    ("A raid killed 80 injured fighters in Kidal.", [("80", "killed", "combatant")]),
    # verbs whose forms follow no single rule: freed, kidnapped
    ("Boko Haram freed 82 girls.", [("82", "released", "child")]),
    ("Gunmen kidnapped at least 30 passengers.", [("at least 30", "captured", "person")]),
    # phrasal verbs, and nouns that only machine translation or jargon uses
    ("Saboteurs put 11 locomotives out of action.", [("11", "destroyed", "vehicle")]),
    ("About 400 families were forced from their homes.", [("About 400", "displaced", "household")]),
    ("The army lost contact with 22 soldiers near the border.", [("22", "missing", "combatant")]),
    ("Eight sailors remain unaccounted for.", [("Eight", "missing", "combatant")]),
    ("More than 1,400 hectares burned.", [("More than 1,400 hectares", "destroyed", "territory")]),
    ("Rebels overran six military bases.", [("six", "seized", "site")]),
    # people are killed, whatever was attacked
    (
        "Gunmen attacked two villages on Sunday, killing 16 and wounding nine.",
        [("two", "hit", "settlement"), ("16", "killed", "person"), ("nine", "wounded", "person")],
    ),
    # what befell soldiers comes before the army that they belong to
    ("Six members of the army were reported killed in Beni.", [("Six", "killed", "combatant")]),
    (
        "At least 14 soldiers, including an officer, have been reported killed in the ambush.",
        [("At least 14", "killed", "combatant")],
    ),
    (
        "Police identified the four rebels, including two women, who were killed in a clash on Saturday.",
        [("four", "killed", "combatant"), ("two", "killed", "woman")],
    ),
    ("The raid resulted in the neutralisation of 12 terrorists.", [("12", "killed", "combatant")]),
    # those who speak are not counted
    ("On Monday 17 people died, said one of the three doctors at the clinic.", [("17", "killed", "person")]),
    ("The attack left 12 dead, according to two officials.", [("12", "killed", "person")]),
    ("Police said one of the rebels was killed.", [("one", "killed", "combatant")]),
    (
        "Troops recovered a rifle with 40 rounds, a single-shot .315 bore gun, three mortar shells and one grenade.",
        [("40", "seized", "shell"), ("three", "seized", "shell"), ("one", "seized", "explosive")],
    ),
    (
        "The rebels fired 15 shells at the town, and police later recovered three rifles.",
        [("15", "launched", "shell"), ("three", "seized", "other")],
    ),
    ("An encounter in Pulwama left two jawans martyred.", [("two", "killed", "combatant")]),
    # trucks that carry aid are no force
    ("A total of 212 trucks carrying aid entered Gaza on Sunday.", [("212", "supplied", "vehicle")]),
    # the whole comes first, its parts after it
    ("Of the 90 drones, 57 were shot down.", [("90", "launched", "drone"), ("57", "intercepted", "drone")]),
    (
        "Of 120 drones launched overnight, 98 were shot down.",
        [("120", "launched", "drone"), ("98", "intercepted", "drone")],
    ),
    # what a figure's own words say became of people, whatever else governs them
    (
        "Hospitals received 41 bodies and 60 wounded people.",
        [("41", "killed", "person"), ("60", "wounded", "person")],
    ),
    (
        "The strike left 41 dead and 60 wounded civilians.",
        [("41", "killed", "civilian"), ("60", "wounded", "civilian")],
    ),
    ("The militia murdered 40 wounded men in Tawergha.", [("40", "killed", "person")]),
    ("Israel freed 12 wounded prisoners.", [("12", "released", "prisoner")]),
    ("Rescuers pulled three more bodies from the rubble.", [("three", "killed", "person")]),
    ("The bodies of 17 soldiers were handed over on Friday.", [("17", "killed", "combatant")]),
    # inhabitants are a population unless something was done to them
    ("About 200 inhabitants of the village have fled.", [("About 200", "displaced", "civilian")]),
    ("A village of 200 inhabitants was shelled.", []),
    # guns make an attack a shelling
    (
        "The enemy carried out 105 attacks from multiple launch rocket systems.",
        [("105", "conducted", "shelling")],
    ),
    # active, passive, reduced passive
    ("The army shot down 14 drones.", [("14", "intercepted", "drone")]),
    ("Fourteen drones were shot down by the army.", [("Fourteen", "intercepted", "drone")]),
    (
        "Five workers were killed and 42 wounded.",
        [("Five", "killed", "civilian"), ("42", "wounded", "civilian")],
    ),
    # intransitive
    ("Nine people perished in the fire.", [("Nine", "killed", "person")]),
    # nominal
    ("Officials confirmed the launch of 30 missiles.", [("30", "launched", "missile")]),
    ("The ministry reported losses of 400 men.", [("400", "casualties", "combatant")]),
    ("The shelling caused 12 deaths.", [("12", "killed", "person")]),
    # light verbs
    ("The blast claimed the lives of seven people.", [("seven", "killed", "person")]),
    # the figure is said of a noun
    ("The death toll has risen to 17.", [("17", "killed", "person")]),
    ("The ministry put Ukrainian losses at up to 60 servicemen.", [("up to 60", "casualties", "combatant")]),
    ("The number of injured was revised down to 34.", [("34", "wounded", "person")]),
    # a list shares its verb
    (
        "The strike damaged 14 apartment blocks and a dozen cars.",
        [("14", "damaged", "building"), ("a dozen", "damaged", "vehicle")],
    ),
    # elided nouns and parts
    (
        "Russia launched 40 drones. Of these, 23 were shot down.",
        [("40", "launched", "drone"), ("23", "intercepted", "drone")],
    ),
    (
        "The shelling killed 1,200 civilians, including 45 children.",
        [("1,200", "killed", "civilian"), ("45", "killed", "child")],
    ),
    ("Five of the dead were children.", [("Five", "killed", "child")]),
    # N of M, all
    (
        "Air defences shot down 68 of 70 drones.",
        [("68", "intercepted", "drone"), ("70", "launched", "drone")],
    ),
    (
        "All 12 missiles were shot down.",
        [("12", "intercepted", "missile"), ("12", "launched", "missile")],
    ),
    (
        "Ukrainian troops stopped 31 of 38 assaults.",
        [("31", "repelled", "attack"), ("38", "conducted", "attack")],
    ),
    # two nouns under one number
    ("The army fired 60 drones and missiles.", [("60", "launched", "drone_or_missile")]),
    # headlines
    ("26 People Killed in Airstrikes on Schools", [("26", "killed", "person")]),
    # done a number of times
    ("The army shelled the town 117 times.", [("117", "conducted", "shelling")]),
    # ground
    ("The troops advanced 11 kilometres along the front.", [("11 kilometres", "advanced", "frontage")]),
    ("The troops advanced three kilometres towards the town.", [("three kilometres", "advanced", "depth")]),
    ("Rebels seized 40 square kilometres of land.", [("40 square kilometres", "seized", "territory")]),
    # what destroyed means depends on where
    ("All six missiles were destroyed on the ground.", [("six", "destroyed", "missile")]),
    # without power
    ("The attack left 2,300 households without heating.", [("2,300", "cut_off", "household")]),
    # a figure that counts nothing about a conflict
    ("The two leaders met for three hours.", []),
    ("He had 12 reasons to stay.", []),
    # a toll that reaches a figure is what it is a toll of, whatever the verb means elsewhere
    (
        "The death toll from the attack on the mine reached 51 people.",
        [("51", "killed", "person")],
    ),
    ("The number of victims of the shelling has reached 36 individuals.", [("36", "killed", "person")]),
    ("The convoy reached 4,000 people in the besieged town.", [("4,000", "supplied", "person")]),
    (
        "The firefight raised the number of soldiers killed since the siege began to 37.",
        [("37", "killed", "combatant")],
    ),
    # the weight of one charge, but not that in the name of a type
    ("A 5-kg dynamite charge exploded in a bank in Cali.", [("5-kg", "launched", "explosive")]),
    ("The office was destroyed by a 2-kg package of dynamite.", [("2-kg", "launched", "explosive")]),
    ("The planes dropped a dozen 500-pound bombs.", [("a dozen", "launched", "bomb")]),
    # what is set on fire burns
    (
        "Rebels set fire to 12 houses and set 3 trucks on fire.",
        [("12", "destroyed", "home"), ("3", "destroyed", "vehicle")],
    ),
    # what is said of some of them is not said of all
    (
        "A bomb killed 20 civilians and injured around 30 others, many of them women and children.",
        [("20", "killed", "civilian"), ("around 30", "wounded", "civilian")],
    ),
    (
        "Thirty ambulances came. At least 100 civilians died and 500 others were affected by the gas.",
        [("At least 100", "killed", "civilian"), ("500", "wounded", "civilian")],
    ),
    # ages are no parts
    (
        "Nine men, two of them boys of 15 and 16, were abducted in Pristina.",
        [("Nine", "captured", "person"), ("two", "captured", "child")],
    ),
    ("Three students, the youngest of them 12, were killed.", [("Three", "killed", "person")]),
    # nobody is a person, whoever was spoken of; the fighters of a place are not its dead
    (
        "Several men opened fire on the offices, but nobody was injured.",
        [("Several", "deployed", "combatant"), ("nobody", "wounded", "person")],
    ),
    ("Air strikes kill 12 in rebel-held areas of Aleppo.", [("12", "killed", "person")]),
    # what people do is said by their own verb, not by another one near by
    ("Three women supplied a list of 57 people who were killed.", [("57", "killed", "person")]),
    # verbs with a prefix are as irregular as those without
    ("Units have retaken five of the nine checkpoints.", [("five", "seized", "position")]),
    ("Rebels retook four villages.", [("four", "seized", "settlement")]),
    # targets may be anything
    (
        "The air force attacked 120 targets, including eight launchers.",
        [("120", "hit", "site"), ("eight", "hit", "artillery")],
    ),
    ("Guerrillas placed four more bombs in Bogota.", [("four", "launched", "bomb")]),
    ("On Monday 120 people made it out of the city.", [("120", "displaced", "person")]),
    ("Government forces executed 15 detainees.", [("15", "killed", "prisoner")]),
    # without something other than power and water is not cut off
    ("The battle left thousands of people without transport.", []),
    ("A Bell 212 helicopter was hit.", []),
    # who speaks, and where somebody lies, is not counted
    ("Gunmen killed 24. We buried them in one pit.", [("24", "killed", "person")]),
    ("A café blast injured six persons. No one claimed responsibility.", [("six", "wounded", "person")]),
    # the dead of an armed force are combatants
    ("Hezbollah put its own dead at seven.", [("seven", "killed", "combatant")]),
    ("The Sudanese army lost 240 dead.", [("240", "killed", "combatant")]),
    ("JNIM admits to the loss of six.", [("six", "casualties", "combatant")]),
    ("Iranian losses amounted to 5,400 dead.", [("5,400", "killed", "combatant")]),
    ("Residents buried 39 bodies in uniform.", [("39", "killed", "combatant")]),
    (
        "They had repulsed the attackers, killing 86 and capturing 31.",
        [("86", "killed", "combatant"), ("31", "captured", "combatant")],
    ),
    ("Rebels shelled the market, killing 12.", [("12", "killed", "person")]),
    ("The village lost 12 people in the raid.", [("12", "casualties", "person")]),
    (
        "More than a thousand soldiers fell. Some two thousand others were wounded.",
        [("More than a thousand", "killed", "combatant"), ("Some two thousand", "wounded", "combatant")],
    ),
    ("A further 180 were taken prisoner.", [("180", "captured", "combatant")]),
    ("He put the movement's losses at 14 martyrs.", [("14", "killed", "combatant")]),
    ("This brings to 192 the number of our dead.", [("192", "killed", "combatant")]),
    ("An ambush on an army bus killed 39.", [("39", "killed", "combatant")]),
    ("An attack on a mosque in Kano kills 12.", [("12", "killed", "person")]),
    (
        "The army lost 1,840 men, of whom 550 were killed, 1,200 wounded and 90 taken prisoner.",
        [
            ("1,840", "casualties", "combatant"),
            ("550", "killed", "combatant"),
            ("1,200", "wounded", "combatant"),
            ("90", "captured", "combatant"),
        ],
    ),
    (
        "The ministry said 22 Taliban were killed and 14 arrested, five Pakistanis and one Bangladeshi among them.",
        [
            ("22", "killed", "combatant"),
            ("14", "captured", "combatant"),
            ("five", "captured", "combatant"),
            ("one", "captured", "combatant"),
        ],
    ),
    # a number alone that is told anew is most often the toll's
    (
        "Shelling killed 41 people and burned some fifteen houses. On Saturday he had spoken of 17.",
        [("41", "killed", "person"), ("some fifteen", "destroyed", "home"), ("17", "killed", "person")],
    ),
    # noun beside noun: what the first says of people holds for the second
    (
        "Monitors counted 47 civilian deaths and 119 injuries in Aden.",
        [("47", "killed", "civilian"), ("119", "wounded", "civilian")],
    ),
    # a son may be grown up
    ("The driver died and his two sons are in hospital.", [("two", "wounded", "person")]),
    ("Aid agencies have lost 31 staff members in Darfur.", [("31", "casualties", "aid_worker")]),
    # what is sent at somebody is fired, what is sent to a friend is supplied
    (
        "Russia sent 1,828 drones and 62 missiles into Ukraine.",
        [("1,828", "launched", "drone"), ("62", "launched", "missile")],
    ),
    # those whose fate is told are no load, whatever was brought before
    (
        "Trucks brought nearly a hundred bombs. Ahvaz hospitals received 1,800 injured.",
        [("nearly a hundred", "supplied", "bomb"), ("1,800", "wounded", "person")],
    ),
    ("Three people are still under the concrete.", [("Three", "missing", "person")]),
    (
        "The morgue took in 130 martyrs, six of them recovered from the rubble.",
        [("130", "killed", "person"), ("six", "killed", "person")],
    ),
    (
        "Some 500 men of the rebels hurled 110 gas-cylinder bombs.",
        [("Some 500", "deployed", "combatant"), ("110", "launched", "bomb")],
    ),
    # a share of a place is territory
    ("The rebels hold about a third of the town now.", [("about a third", "held", "territory")]),
    (
        "Troops have cleared roughly 40 percent of the east side.",
        [("roughly 40 percent", "seized", "territory")],
    ),
    ("The RSF controls about 80% of El Fasher.", [("about 80%", "held", "territory")]),
    ("Russia occupies nearly a fifth of Ukraine.", [("nearly a fifth", "held", "territory")]),
    ("Half of the villages in the province were burned.", [("Half", "destroyed", "settlement")]),
    # what happens far inside a country takes no ground
    ("Ukraine struck a refinery 800 km inside Russia.", []),
    ("The troops advanced 10 km inside Lebanon.", [("10 km", "advanced", "depth")]),
    # a count whose verb a clause has taken away
    (
        "The number of hostile drones shot down in the province since June has reached 19.",
        [("19", "intercepted", "drone")],
    ),
    ("The rebels number about 4,000.", [("about 4,000", "deployed", "combatant")]),
    ("The illegal groups have about 25,000 members.", [("about 25,000", "deployed", "combatant")]),
    # cases of what befell people, and wounded of a war
    ("The gas caused over 30 cases of asphyxiation among civilians.", [("over 30", "wounded", "civilian")]),
    ("The clinic treated 317 war-wounded.", [("317", "wounded", "person")]),
    # strikes by themselves are air strikes where an air war is told, raids of gunmen are not
    (
        "Warplanes bombed the town. The monitor said three strikes hit the market.",
        [("three", "conducted", "airstrike")],
    ),
    ("Israel has carried out more than 500 strikes.", [("more than 500", "conducted", "airstrike")]),
    ("Gunmen on motorcycles carried out nine raids.", [("nine", "conducted", "attack")]),
    ("The enemy opened artillery fire 386 times.", [("386", "conducted", "shelling")]),
    # a clause of the part is none of its total
    (
        "The army counted three drones, two of which it intercepted.",
        [("three", "launched", "drone"), ("two", "intercepted", "drone")],
    ),
    (
        "The town came under fire from 63 shells and 71 drones, 44 of which were jammed.",
        [("63", "launched", "shell"), ("71", "launched", "drone"), ("44", "intercepted", "drone")],
    ),
    # a passive without a subject, and a verb that the tagger took for a noun
    (
        "Last Thursday 30 workers were killed by a drone in Khogyani, Nangarhar, and at least 40 were wounded.",
        [("30", "killed", "civilian"), ("at least 40", "wounded", "civilian")],
    ),
    (
        "Its men had overrun eleven posts and set fire to four tanks.",
        [("eleven", "seized", "position"), ("four", "destroyed", "tank")],
    ),
    ("Troops have found and saved 19 civilians abducted by the rebels.", [("19", "released", "civilian")]),
    ("The minister was murdered by two men on a motorcycle.", []),
    ("In 1988 up to 5,000 Kurds were gassed.", [("up to 5,000", "killed", "person")]),
    # reports that leave out their verb
    ("Seven bombs in under five hours.", [("Seven", "launched", "bomb")]),
    (
        "Four soldiers were killed and 20 more wounded.",
        [("Four", "killed", "combatant"), ("20", "wounded", "combatant")],
    ),
    # what figures are taken of
    (
        "The army fired nine missiles and 128 drones. Of the drones, 82 were shot down.",
        [("nine", "launched", "missile"), ("128", "launched", "drone"), ("82", "intercepted", "drone")],
    ),
    (
        "Eleven buildings were damaged, two of them schools.",
        [("Eleven", "damaged", "building"), ("two", "damaged", "school")],
    ),
    # who is counted: children beside an adult, forces with others, losses told as killed and wounded
    ("Shelling wounded three women and a boy of 15.", [("three", "wounded", "woman")]),
    ("Around 100 civilians and soldiers have been killed.", [("Around 100", "killed", "person")]),
    (
        "He put Russian losses this month at 420 killed and 310 wounded.",
        [("420", "killed", "combatant"), ("310", "wounded", "combatant")],
    ),
    ("The army killed three other members of the group.", [("three", "killed", "combatant")]),
    (
        "In the ambush 39 soldiers died. Of the 16 wounded, twelve are in critical condition.",
        [("39", "killed", "combatant"), ("16", "wounded", "combatant"), ("twelve", "wounded", "combatant")],
    ),
    ("Some 34,000 peasants abandoned the valley.", [("Some 34,000", "displaced", "civilian")]),
    ("Nearly 2,000 families have left for Daraa.", [("Nearly 2,000", "displaced", "household")]),
    ("Some 150 fighters crossed the border to join them.", [("Some 150", "deployed", "combatant")]),
    # a part is of what its own verb can happen to
    (
        "Iran fired 30 missiles in two barrages. Most were intercepted, but four of them got through.",
        [("30", "launched", "missile"), ("two", "conducted", "attack"), ("four", "hit", "missile")],
    ),
    (
        "A column of 60 rebels surrounded the village and murdered 69 inhabitants, among them 18 children.",
        [("60", "deployed", "combatant"), ("69", "killed", "civilian"), ("18", "killed", "child")],
    ),
    (
        "The blast killed two women and two soldiers while several others were wounded.",
        [("two", "killed", "woman"), ("two", "killed", "combatant"), ("several", "wounded", "person")],
    ),
    (
        "Women and children account for nearly 70 percent of the dead.",
        [("nearly 70 percent", "killed", "women_and_children")],
    ),
    ("The guerrillas left 22 bodies at the fence.", [("22", "killed", "combatant")]),
    (
        "Gunmen killed seven miners and made off with 18 others.",
        [("seven", "killed", "civilian"), ("18", "captured", "civilian")],
    ),
    (
        "In Grozny 25 tanks and 100 armoured vehicles lay burned in the streets.",
        [("25", "destroyed", "tank"), ("100", "destroyed", "armoured_vehicle")],
    ),
    ("The ceasefire was broken 27 times overnight.", [("27", "conducted", "attack")]),
    (
        "The rebels, some 2,000 strong, hold five districts.",
        [("some 2,000", "deployed", "combatant"), ("five", "held", "settlement")],
    ),
    ("The division put its losses at 40.", [("40", "casualties", "combatant")]),
    ("We recorded hits by 24 drones and six missiles.", [("24", "hit", "drone"), ("six", "hit", "missile")]),
    # what a number of times, a band or a noun of a deed counts
    ("The base came under fire nine times.", [("nine", "conducted", "shelling")]),
    ("A 39-man police patrol surrounded the airport.", [("39", "deployed", "person")]),
    ("A 60-man armed group of traffickers appeared at noon.", [("60", "deployed", "combatant")]),
    (
        "The rebels reported the capture of 53 bases and six howitzers.",
        [("53", "seized", "site"), ("six", "seized", "artillery")],
    ),
    ("The destruction of dozens of towns left the region empty.", [("dozens", "destroyed", "settlement")]),
    ("The operation was carried out against two positions of the brigade.", [("two", "hit", "position")]),
    (
        "The navy sank one of four missile boats that approached.",
        [("one", "destroyed", "ship"), ("four", "deployed", "ship")],
    ),
    (
        "Fourteen bombs were dropped by seven bombers.",
        [("Fourteen", "launched", "bomb"), ("seven", "deployed", "aircraft")],
    ),
    ("Israel dropped 153 tons of bombs on the Strip.", [("153 tons", "launched", "bomb")]),
    ("The raid netted 14 suspects.", [("14", "captured", "person")]),
    # a fate told by a second verb, by a negation, by where somebody was shot
    ("They rounded up 40 men and shot them.", [("40", "killed", "person")]),
    ("Nineteen men never came back from the patrol.", [("Nineteen", "missing", "person")]),
    ("One soldier was shot in the shoulder by a sniper.", [("One", "wounded", "combatant")]),
    ("In exchange 2,000 residents were given safe passage.", []),
    # soldiers, by what is told of their army
    ("The firefight left nine dead.", [("nine", "killed", "combatant")]),
    (
        "Russian forces carried out 52 assaults and have suffered an average of 1,060 casualties a day.",
        [("52", "conducted", "attack"), ("1,060", "casualties", "combatant")],
    ),
    (
        "Two servicemen were killed there and nine more received wounds.",
        [("Two", "killed", "combatant"), ("nine", "wounded", "combatant")],
    ),
    ("The enemy left over 400 dead in the oilfield and ran.", [("over 400", "killed", "combatant")]),
    (
        "Troops pursued the raiders and shot dead at least six of them.",
        [("at least six", "killed", "combatant")],
    ),
    ("Soldiers took away 41 men from a gathering.", [("41", "captured", "person")]),
    ("There are no losses among our servicemen.", [("no", "casualties", "combatant")]),
    ("The guerrillas lost 14 of their number.", [("14", "casualties", "combatant")]),
    (
        "Losses of the enemy rise to 100 killed and 1,000 wounded, 49 tanks and six drones.",
        [
            ("100", "killed", "combatant"),
            ("1,000", "wounded", "combatant"),
            ("49", "destroyed", "tank"),
            ("six", "destroyed", "drone"),
        ],
    ),
    # medics, machines
    (
        "The raids hit the only hospital in the town, killing two staffers and three midwives.",
        [("two", "killed", "medic"), ("three", "killed", "medic")],
    ),
    ("Rebels shot down two MiG-29 fighters.", [("two", "intercepted", "aircraft")]),
    ("Troops burned three storage tanks.", [("three", "destroyed", "energy_site")]),
    ("Four sea drones destroyed, navy says", [("Four", "destroyed", "drone")]),
    ("The air force carried out five strikes with guided bombs.", [("five", "conducted", "airstrike")]),
    # an attribution behind its clause, the comma lost
    (
        "The bombing left 86 dead 30 of them children a monitoring group said on Wednesday.",
        [("86", "killed", "person"), ("30", "killed", "child")],
    ),
    # names, heights, rounds of talks, those who live there, those who speak
    ("Two soldiers died when the brigade attacked base 17 near the river.", [("Two", "killed", "combatant")]),
    ("The colonel said 24 men of 18 Grenadiers and 8 Sikh had been killed.", [("24", "killed", "combatant")]),
    (
        "The Council must enforce resolutions 2118 and 2254, since 19 civilians were killed.",
        [("19", "killed", "civilian")],
    ),
    ("Troops took the 16,500-foot peak above the road.", []),
    ("The accord, the fruit of five rounds of talks, provides for a ceasefire.", []),
    ("The mission said it had no vehicle fit for the road.", []),
    ("The two jets reached their base.", []),
    ("Gunmen shelled the town. They were about twenty.", []),
    # those behind an "of" who are not counted for what they are
    ("Rebels killed 20 crew of the owner.", [("20", "killed", "person")]),
    ("Rebels killed 20 members of the observers' team.", [("20", "killed", "person")]),
    # lost in the air, those who come where others were sent, fighters by a group's name
    (
        "The air force said 70 drones were shot down and 15 were lost to jamming.",
        [("70", "intercepted", "drone"), ("15", "intercepted", "drone")],
    ),
    (
        "Kenya will send 1,000 police officers to Haiti. So far 400 have arrived.",
        [("1,000", "deployed", "person"), ("400", "deployed", "person")],
    ),
    ("Colombian troops killed six FARC dissidents in Cauca.", [("six", "killed", "combatant")]),
    (
        "Russia sent 188 drones. The air force said 76 were shot down and 96 disappeared from radar.",
        [("188", "launched", "drone"), ("76", "intercepted", "drone"), ("96", "intercepted", "drone")],
    ),
    # of whose thing a part is
    (
        "Ukrainian troops control 23 settlements. Moscow says its forces have retaken five of them.",
        [("23", "held", "settlement"), ("five", "seized", "settlement")],
    ),
    (
        "Seventeen people were killed in strikes. Among them were two medics and a mayor.",
        [("Seventeen", "killed", "person"), ("two", "killed", "medic")],
    ),
    (
        "The rebels released 153 prisoners. In return, the army freed 13.",
        [("153", "released", "prisoner"), ("13", "released", "prisoner")],
    ),
    # things that were named and not counted
    (
        "Russia launched drones at Kyiv. The air force said 12 were shot down.",
        [("12", "intercepted", "drone")],
    ),
    ("Drones hit the city. The governor said 12 were wounded.", [("12", "wounded", "person")]),
    ("Rockets hit the storage tanks. Three were destroyed.", [("Three", "destroyed", "energy_site")]),
    ("Doctors described sarin gas one of the agents that inspectors sought after the attack.", []),
    ("Ukrainian drones set refineries ablaze; Moscow says 102 shot down", [("102", "intercepted", "drone")]),
    ("The air force brought down five enemy fighters.", [("five", "intercepted", "aircraft")]),
    # parts: of the dead; of them, whatever noun the parser hangs the number on
    (
        "They left 1,318 people dead and 3,540 injured. Of the dead, 1,102 have been identified.",
        [("1,318", "killed", "person"), ("3,540", "wounded", "person"), ("1,102", "killed", "person")],
    ),
    (
        "Air defences had destroyed 102 drones overnight, 41 of them over the Saratov region, 18 over Samara "
        "and the rest over nine other regions.",
        [("102", "intercepted", "drone"), ("41", "intercepted", "drone"), ("18", "intercepted", "drone")],
    ),
    # where the parse leads nowhere
    (
        "Fighter jets struck the town of Tabqa with cluster munitions killing at least 10 civilians activist "
        "group Raqqa is Being Slaughtered Silently said.",
        [("at least 10", "killed", "civilian")],
    ),
    ("Their commander boasted of having overrun two army positions.", [("two", "seized", "position")]),
    (
        "The confirmed death toll of the strike on the depot has risen to four.",
        [("four", "killed", "person")],
    ),
    (
        "Toll in Kharkiv flats strike rises to 14 as rescuers search for survivors",
        [("14", "killed", "person")],
    ),
    (
        "Terrorist groups targeted the area surrounding the palace with more than 10 rocket shells.",
        [("more than 10", "launched", "rocket")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS, ids=[text[:50] for text, _ in PAIRS])
def test_event_and_item(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(text) == expected


def test_a_long_text_of_a_war_may_say_so_only_by_whose_strikes_they_were() -> None:
    filler = (
        "Relatives came to the morgue and waited in the yard, where the names were read out one by one. " * 6
    )
    for told in (
        "31 people were killed in Israeli strikes.",
        "31 men were executed by ISIL at the oil field.",
    ):
        assert [c[:2] for c in read(f"{told} {filler}")] == [("31", "killed")]
    assert read(f"Spain won, and 31 fans were injured in the crush at the gates. {filler}") == []
    assert read(f"31 people were killed when the bus left the road. {filler}") == []
