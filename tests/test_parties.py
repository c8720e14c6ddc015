"""Who did it to whom: pairs of text and expected sides."""

from __future__ import annotations

from datetime import date

import pytest

from conflictstats.claims import read_claims
from conflictstats.codebook import load_codebook
from conflictstats.names import find_names
from conflictstats.records import Article, Claim, Document, Parties, Setting
from conflictstats.wars import conflict_of, wars_of


def read(text: str, published: date = date(2024, 6, 5)) -> list[Claim]:
    return read_claims(Article("a", text, published=published), load_codebook())


def sides(text: str, figure: str, published: date = date(2024, 6, 5)) -> tuple[str | None, str | None]:
    """Actor and target of the first claim with this figure."""
    claim = next(claim for claim in read(text, published) if claim.quantity.text == figure)
    return claim.parties.actor, claim.parties.target


PAIRS = [
    (
        "At least 38 people were killed in a drone attack by Sudanese paramilitaries on Nyala. The army had left the town.",
        "At least 38", ("RSF", None),
    ),
    ("At least nine civilians were killed in attacks attributed to the RSF in Sudan.", "At least nine", ("RSF", None)),
    # what is fired from Lebanon is Hezbollah's where the article names it
    (
        "More than 50 rockets were launched from Lebanon at Haifa, the Israeli army said. Hezbollah claimed responsibility.",
        "More than 50", ("Hezbollah", "Israel"),
    ),
    ("Two missiles were fired from Iran at Haifa, Israel's army said. Hezbollah stayed out.", "Two", ("Iran", "Israel")),
    # one of several causes is not of all, and of two that clash neither alone killed
    ("The toll in Sweida, Syria, has risen to 1,420, in clashes, executions and Israeli airstrikes.", "1,420", (None, None)),
    ("Clashes between Druze fighters and Bedouin tribes killed 1,300 people in Sweida, Syria.", "1,300", (None, None)),
    ("Six people were killed in shelling and Israeli air strikes in Gaza.", "Six", ("Israel", "Palestinians")),
    # whose strike it was did not suffer its toll
    ("The death toll from a Russian missile attack on Kyiv has risen to 28.", "28", ("Russia", "Ukraine")),
    ("The death toll from Iran's new wave of missile attacks on Israel rose to eight.", "eight", ("Iran", "Israel")),
    ("The death toll from the RSF's drone attacks on El Obeid, Sudan, reached 40.", "40", ("RSF", None)),
    ("The death toll of Russia's army has risen to 28,000, Ukraine's General Staff says.", "28,000", ("Ukraine", "Russia")),
    # ground that is won back was its owner's
    (
        "Russian forces resisted. Ukraine's military said 10 square kilometers of Ukrainian land have been liberated.",
        "10 square kilometers",
        ("Ukraine", "Russia"),
    ),
    (
        "Russian forces resisted. More than 90 square kilometers of Ukrainian territory has been brought back under control.",
        "More than 90 square kilometers",
        ("Ukraine", "Russia"),
    ),
    (
        "Russia said it had captured 400 square kilometers of Ukrainian territory this year.",
        "400 square kilometers",
        ("Russia", "Ukraine"),
    ),
    # the place before a colon is no actor
    (
        "KYIV: Russian bombardment of Kherson, recently re-taken by Ukrainian forces, killed at least four people.",
        "at least four",
        ("Russia", "Ukraine"),
    ),
    (
        "This brings the combat losses for Russian forces to about 41,000 personnel, Ukraine's General Staff said.",
        "about 41,000",
        ("Ukraine", "Russia"),
    ),
    # the munition's owner launched it; who stops it is the actor
    ("Ukraine shot down 26 Russian drones overnight.", "26", ("Ukraine", "Russia")),
    # an agent behind a participle owns the munition
    ("Israel intercepted 12 rockets fired by Hezbollah on Sunday.", "12", ("Israel", "Hezbollah")),
    # the owner of the counted people is the target, the owner of the missile the actor
    ("Russian missiles killed 11 Ukrainian soldiers on Monday.", "11", ("Russia", "Ukraine")),
    # who loses is the target
    ("Russia lost 20 tanks near Pokrovsk, the General Staff of Ukraine said.", "20", ("Ukraine", "Russia")),
    # the enemy is the one who fights the speaker
    ("Ukraine's General Staff said the enemy lost 1,100 men on Sunday.", "1,100", ("Ukraine", "Russia")),
    # "its" is whoever speaks
    ("Russia's defence ministry said its forces had destroyed five tanks in Ukraine.", "five", ("Russia", "Ukraine")),
    # an accusation names the actor
    ("The Sudanese army accused the Rapid Support Forces of killing 22 villagers.", "22", ("RSF", None)),
    # "Russian-made" says nothing of who fired
    ("Azerbaijan said Armenia fired 40 Russian-made rockets on Tuesday.", "40", ("Armenia", "Azerbaijan")),
    # what is avenged was done to those who now attack
    (
        "The Houthis said they attacked a US ship in revenge for the killing of nine fighters.", "nine",
        ("US", "Houthis"),
    ),
    # a state whose own troops are counted comes before the army that "troops" would mean
    ("Burundi has 10,000 troops in South Kivu, where the M23 fights the Congolese army.", "10,000", ("Burundi", None)),
    # who is responsible for an attack did what the attack did
    (
        "Syrian government forces were responsible for a gas attack that killed more than 1,400 people, rebels said.",
        "more than 1,400", ("Syria", None),
    ),
    # gunmen may be anybody's
    ("Gunmen kidnapped 31 people in Uraba, Colombia, where the FARC is active.", "31", (None, None)),
    # where a sentence turns to another incident, those named before have no part in it
    (
        "JNIM attacked Djibo in Burkina Faso on Monday. In a separate incident, 12 people were killed in Solhan.", "12",
        (None, None),
    ),
    # a group that is named beside what it is called, and not the state whose rebels they are
    ("Colombian rebel group the National Liberation Army (ELN) killed 12 soldiers in Arauca.", "12", ("ELN", "Colombia")),
    ("Seven soldiers died in clashes with a smaller rebel movement, the Arakan Army, in Myanmar.", "Seven", ("Arakan Army", "Myanmar")),
    ("Troops killed 40 Abus in Sulu, the Philippine military said.", "40", ("Philippines", "Abu Sayyaf")),
    ("Anti-junta fighters killed 12 soldiers in Sagaing, Myanmar.", "12", ("PDF", "Myanmar")),
    ("The rebel militia shelled El Fasher with 37 shells, Sudan's army said.", "37", ("RSF", None)),
    ("Over 20 soldiers of the Congolese army have been reported killed by M23 rebels.", "Over 20", ("M23", "DR Congo")),
    # armies whose names hold another group's
    ("Four South Sudan People's Defence Forces (SSPDF) officers were killed in Nasir.", "Four", (None, "South Sudan")),
    ("Southern Cameroons Self Defense fighters killed three soldiers in Kengwo, Cameroon.", "three", ("Ambazonian separatists", "Cameroon")),
    ("Insurgents killed four paramilitary rangers in Pattani, Thailand.", "four", ("rebels", "Thailand")),
    # the capital of a dateline does nothing
    ("Kano, Nigeria (AP) - Gunmen killed 12 people on Sunday, police said.", "12", (None, "Nigeria")),
    ("BOGOTA, Colombia — FARC fighters overran two checkpoints overnight.", "two", ("FARC", "Colombia")),
    # the heading says whose bulletin it is, and so who is the enemy
    (
        "Ministry of Defence of the Russian Federation on the progress of the special military operation\n\n"
        "The losses of the enemy amounted to more than 1,500 servicemen. The AFU retreated.",
        "more than 1,500", ("Russia", "Ukraine"),
    ),
    # an army that nobody names is the state's; one group named is meant by "the guerrillas"
    (
        "The FARC attacked a base in Colombia. Soldiers killed 12 guerrillas, the governor said.", "12",
        ("Colombia", "FARC"),
    ),
    # "its" is nobody's strikes'
    ("Russian strikes knocked out 80 percent of its capacity, a power company in Ukraine said.", "80 percent", ("Russia", "Ukraine")),
    # forces and whose they are act as one; the enemy's losses are the enemy's
    (
        "Units of Battlegroup West improved their position near Kupyansk, Russia's defence ministry said. "
        "The enemy's losses there amounted to 290 servicemen. The Ukrainian army retreated.", "290", ("Russia", "Ukraine"),
    ),
    # the last name is the one that is meant, whatever stands between
    ("An assault by Sudan's paramilitary Rapid Support Forces (RSF) killed at least 38 people in El Fasher.", "at least 38", ("RSF", None)),
    (
        "Fighters of the Group for the Support of Islam and Muslims (JNIM), linked to al-Qaeda, attacked a camp in Burkina Faso. "
        "At least 26 villagers died in the attack.", "At least 26", ("JNIM", None),
    ),
    # aircraft act for their owner
    ("Turkish fighter jets killed 12 PKK militants in Iraq on Sunday.", "12", ("Turkey", "PKK")),
    # of two that act together the first, of two that may have acted neither
    ("Saudi and Emirati jets killed 12 Houthi fighters in Yemen.", "12", ("Saudi Arabia", "Houthis")),
    ("Ethiopian or Eritrean jets killed 12 people in Mekelle, where the TPLF fights.", "12", (None, None)),
    # members of a coalition are not who acts
    (
        "An alliance of factions including Ahrar al-Sham fired 40 mortar bombs at Syrian army positions.", "40",
        ("rebels", "Syria"),
    ),
    # whom they fought
    ("Three Nigerian soldiers were killed fighting Boko Haram near Bama.", "Three", ("Boko Haram", "Nigeria")),
    ("Twelve guerrillas died in clashes with the Colombian army. The ELN is active there.", "Twelve", ("Colombia", "ELN")),
    ("Clashes between the army and the RSF killed 12 soldiers in Khartoum, Sudan.", "12", ("RSF", "SAF")),
    # whose craft they were aboard; where it was shot down says nothing of who did
    ("A Russian helicopter was shot down over Chechnya, killing all five people aboard.", "five", (None, "Russia")),
    # soldiers of another state are its own
    ("Al-Shabaab killed at least 15 Kenyan soldiers at a base in Somalia.", "at least 15", ("al-Shabaab", "Kenya")),
    # strikes that casualties are linked to; a country at war with itself is where they fell
    ("A monitor counted 140 casualties linked to US air strikes in Somalia, where al-Shabaab fights.", "140", ("US", None)),
    # a mission attacks nobody, and whoever counts does nothing
    ("The Human Rights Monitoring Mission in Ukraine recorded 40 drones over Kyiv. Russia launched them.", "40", ("Russia", "Ukraine")),
    ("By the United Nations' own count, 4,500 civilians were killed as Sri Lanka fought the LTTE.", "4,500", (None, None)),
    # where drones come from is not where they fall
    ("Ukraine's air force said 40 drones had been launched from Kursk and Bryansk.", "40", ("Russia", "Ukraine")),
    # U.S.-made says nothing of who fired
    ("Ukraine attacked an airfield in Russia with six U.S.-made missiles, Moscow said.", "six", ("Ukraine", "Russia")),
    # the coalition of the war, where the article does not say whose
    ("Coalition planes killed 18 ISIL fighters near Mosul, Iraq.", "18", ("US", "ISIL")),
    # in a war of a state and a group the soldiers are the state's
    ("Hezbollah said it was behind the ambush. Israel confirmed that three soldiers were killed.", "three", ("Hezbollah", "Israel")),
    # former fighters are nobody's any more
    ("Seven former FARC fighters were killed in Colombia, where the army is deployed.", "Seven", (None, None)),
    # whom a state frees was nobody's prisoner but the rebels'
    ("Nigeria's army said its troops had rescued 11 hostages from Boko Haram.", "11", ("Nigeria", None)),
    # whose people came home
    ("Last month 880 soldiers returned to Ukraine in an exchange with Russia.", "880", ("Russia", "Ukraine")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "expected"), PAIRS)
def test_sides(text: str, figure: str, expected: tuple[str | None, str | None]) -> None:
    assert sides(text, figure) == expected


def test_each_side_gives_two_pairs() -> None:
    claims = read("Each side lost 20 soldiers, analysts said of the fighting between Russia and Ukraine.")
    assert {(c.parties.actor, c.parties.target) for c in claims} == {
        ("Russia", "Ukraine"),
        ("Ukraine", "Russia"),
    }


def test_an_exchange_is_of_both() -> None:
    assert sides("Russia and Ukraine exchanged 170 prisoners on Tuesday.", "170") == (None, "both")


def test_each_side_frees_its_prisoners() -> None:
    claims = read("Russia and Ukraine each freed 95 prisoners of war on Thursday.")
    assert {(c.parties.actor, c.parties.target) for c in claims} == {
        ("Russia", "Ukraine"),
        ("Ukraine", "Russia"),
    }


# An attack told before, and a sentence that may be of another.
ATTACK = "The ELN attacked a village in Colombia on Monday. The army is also in the area. "
CARRIED = [
    # the same attack
    ("Five people died in the attack.", "Five", "ELN"),
    ("Two children are among the dead.", "Two", "ELN"),
    # another attack, of which nobody says whose
    ("A car bomb killed nine people in Cali.", "nine", None),
    ("Unidentified individuals hurled two grenades at a bank.", "two", None),
    ("A mortar shell killed two girls in a hamlet.", "two", None),
    # another time
    ("In March 2019 five people were killed in the town.", "five", None),
]


@pytest.mark.parametrize(("text", "figure", "actor"), CARRIED)
def test_an_attacker_is_carried_only_to_the_same_attack(text: str, figure: str, actor: str | None) -> None:
    assert sides(ATTACK + text, figure)[0] == actor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # occupiers stand on the ground of whoever calls them so
        ("The occupiers shelled the region 30 times. Russian troops fired mortars.", ("Russia", "Ukraine")),
        # whoever has defenders has the enemy
        (
            "The enemy attacked with 30 drones. The Defence Forces of Ukraine repelled it.",
            ("Russia", "Ukraine"),
        ),
    ],
)
def test_a_post_that_names_an_enemy_is_of_the_other_side(text: str, expected: tuple[str, str]) -> None:
    [claim] = read(text)
    assert (claim.parties.actor, claim.parties.target) == expected


def test_nationals_among_a_groups_dead_are_the_groups() -> None:
    text = "As many as 22 Taliban, including two Pakistani nationals, were killed by Afghan forces in Kunduz."
    assert sides(text, "two", date(2017, 10, 1)) == ("Afghanistan", "Taliban")


@pytest.mark.parametrize("blow", ["car bomb", "blast", "suicide attack"])
def test_a_countrys_name_before_a_blow_at_home_says_where(blow: str) -> None:
    text = f"A Somalia {blow} killed 12 people on Monday. Al-Shabaab fights the government there."
    assert sides(text, "12")[0] != "Somalia"


def test_no_side_is_guessed() -> None:
    """A text that names no side gives none."""
    assert sides("At least 17 people were killed in a car bomb blast near a checkpoint.", "At least 17") == (
        None,
        None,
    )


def test_the_wars_own_toll_has_no_sides() -> None:
    text = "Syrian government jets bombed Idlib. The conflict has killed more than 300,000 people in Syria."
    assert sides(text, "more than 300,000", date(2016, 10, 1)) == (None, None)


def test_civilians_in_a_civil_war_have_no_side() -> None:
    text = "Syrian government air strikes killed 30 civilians and 12 rebels in Idlib on Friday."
    published = date(2016, 10, 1)
    assert sides(text, "30", published) == ("Syria", None)
    assert sides(text, "12", published) == ("Syria", "rebels")


def test_gazas_people_are_palestinians_and_its_fighters_hamas() -> None:
    text = "Israeli strikes killed 31 people in Khan Younis, the Gaza health ministry said. Israel said it killed nine Hamas militants."
    published = date(2024, 9, 18)
    assert sides(text, "31", published) == ("Israel", "Palestinians")
    assert sides(text, "nine", published) == ("Israel", "Hamas")


def test_evidence_says_what_is_implied() -> None:
    [claim] = read("Ukraine shot down 26 drones overnight, Kyiv said of the war with Russia.")
    actor, target = claim.parties.evidence
    assert actor.startswith("actor: Ukraine") and "(implied)" not in actor
    assert target.startswith("target: Russia") and target.endswith("(implied)")


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Russian forces shelled Ukrainian positions.", date(2024, 6, 5), "Russia-Ukraine"),
        ("The army and the Rapid Support Forces fought in Khartoum.", date(2024, 6, 5), "Sudan"),
        # a sport report names no war
        ("Runners from Kenya and Ethiopia won the marathon in Vienna.", date(2025, 4, 27), None),
    ],
)
def test_wars(text: str, published: date, expected: str | None) -> None:
    book = load_codebook()
    document = Document(Article("a", text, published=published), (), find_names(text, book))
    assert next(iter(wars_of(document, book)), None) == expected


def test_a_claim_goes_to_the_war_of_its_two_sides() -> None:
    wars = ("Red Sea", "Israel-Hamas")
    assert conflict_of(Parties("Israel", "Hamas"), Setting(), wars, load_codebook()) == "Israel-Hamas"


# Articles of several sentences: a figure and the sides that the whole tells.
SNIPER = (
    '"We get forty glide bombs a day," says the platoon leader, who goes by Kit. "Two of my men were killed and we burned '
    'three of their tanks." He believes the Russians lost 100 soldiers near Avdiivka. "They have shelled us 200 times."'
)
KAREN = (
    "Saw Htoo leads a battalion of the KNLA, which fights the Myanmar army near Kawkareik.\n\nQ: How did it go?\n"
    "A: We took three camps. I lost seven of my men. They dropped 30 bombs on us.\n\nQ: And now?\n"
    "A: Our boys shot down two drones."
)
EVENING = (
    "Situation in the evening\n\nThe enemy shelled our positions 40 times. Units of our artillery hit two ammunition "
    "depots. Our troops repelled ten attacks near Marinka. Russian losses were 400 men. Three houses were damaged."
)
TOLD = [
    # a fighter who names only his enemy is on the other side of a war of two
    (SNIPER, "Two", ("Russia", "Ukraine")),
    (SNIPER, "three", ("Ukraine", "Russia")),
    (SNIPER, "200", ("Russia", "Ukraine")),
    # in whose ranks a commander stands, who answers as "we"
    (KAREN, "three", ("KNU", "Myanmar")),
    (KAREN, "seven", ("Myanmar", "KNU")),
    (KAREN, "30", ("Myanmar", None)),
    # a bulletin that says "our troops" and never names them
    (EVENING, "40", ("Russia", "Ukraine")),
    (EVENING, "two", ("Ukraine", "Russia")),
    (EVENING, "ten", ("Ukraine", "Russia")),
    # who speaks in front of a colon has not done what the quotation tells
    ('Hamas spokesman Hazem Qassem on Telegram: "Israeli shells killed 13 people in Gaza."', "13", ("Israel", "Palestinians")),
    ('SAF spokesman Nabil Abdullah on Facebook: "RSF shells killed 22 people in Omdurman."', "22", ("RSF", None)),
    # "its own" is whoever acts in the sentence
    (
        "RSF fighters overran the base and killed 40 soldiers, while 12 of its own men died. The SAF, the army of Sudan, is silent.", "12", ("SAF", "RSF"),
    ),
    # a subject without its verb
    ("Russia lost 100 soldiers and Ukraine 40, an analyst said.", "40", ("Russia", "Ukraine")),
    # counts without their noun are of the people counted before
    ("Four reservists were killed and eleven hurt in Gaza, the IDF said, and Hamas fired rockets.", "eleven", ("Hamas", "Israel")),
    # militants are the group's where a state fights one
    ("Israel said 12 operatives were killed as it fought Hamas in Gaza.", "12", ("Israel", "Hamas")),
    # who owns up to losses has had them; who tells of another's owning up has not
    ("The RSF conceded the death of seven in fighting with the SAF in Sudan.", "seven", ("SAF", "RSF")),
    ("Sudan at war: the SAF said the RSF admitted losing 20 men.", "20", ("SAF", "RSF")),
    # of aircraft that only one side has
    ("Fano militias fight the army of Ethiopia in Amhara. A drone strike near Debre Birhan killed 18 people.", "18", ("Ethiopia", None)),
    # "on the Lebanese side" is a place
    (
        "Israeli forces seized weapons on the Lebanese side, where they fight Hezbollah. The army of Israel said aircraft "
        "attacked 120 targets.", "120", ("Israel", "Hezbollah"),
    ),
    # who opens the sentence is who "its" means
    ("According to the SAF, its jets destroyed 14 vehicles of the RSF in Sudan.", "14", ("SAF", "RSF")),
    # another day, another attack
    (
        "Rebel rockets killed six children in Aleppo, Syria, a day after 35 people died in air strikes on a school.", "35",
        (None, None),
    ),
    ("In June the FARC overran Mitú in Colombia. Sixteen policemen died.", "Sixteen", ("FARC", "Colombia")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "expected"), TOLD)
def test_sides_of_the_telling(text: str, figure: str, expected: tuple[str | None, str | None]) -> None:
    assert sides(text, figure) == expected


SURER = [
    # the sorties told of before are whoever flew them, not the speaker's
    (
        "Russian jets carried out 40 sorties in Idlib, Syria, a military source said. The sorties destroyed 12 vehicles of the rebels.",
        "12", ("Russia", "rebels"),
    ),
    # a killing hangs on the verb of the sentence, not on the noun before it
    (
        "The Iraqi army repelled an attack on its posts in Hawija village killing 30 militants of Islamic State.", "30",
        ("Iraq", "ISIL"),
    ),
    ("Malian forces responded by launching airstrikes on Kidal killing three civilians, the rebels said.", "three", ("Mali", None)),
    # who is ambushed does not kill
    (
        "The Syrian army ambushed on Friday a group of rebels near Homs killing 15 of them.", "15",
        ("Syria", "rebels"),
    ),
    # a headline in the present tense has its subject
    ("Army kills 15 rebels in Idlib, Syria, advances in Homs.", "15", ("Syria", "rebels")),
    # attackers who die were attacked
    (
        "Al-Shabaab stormed Bulo Marer in Somalia. The Somali interior minister said 60 attackers had died.", "60",
        ("Somalia", "al-Shabaab"),
    ),
    # "their" behind what was said of them
    (
        "The army of Sri Lanka said more than 150 Tigers died and that twelve of their vehicles were destroyed.", "twelve",
        ("Sri Lanka", "LTTE"),
    ),
    # what a monitor is based in takes no part
    (
        "The Britain-based Syrian Observatory for Human Rights said an ISIL ambush killed 39 soldiers in Syria. "
        "\"They hit the bus with two bombs,\" its head said.",
        "two", ("ISIL", None),
    ),
    # what a weapon is made in shows no war
    ("In Tegucigalpa a Chinese-made bomb killed one man, police told US diplomats.", "one", (None, None)),
    # bombs of drug lords are not the rebels', whatever the police call them
    (
        "BOGOTA - Authorities reported that terrorist attacks had injured nine people in Cali. The FARC signed a truce in Colombia.",
        "nine", (None, None),
    ),
    ("Narco-terrorists have carried out 30 attacks in Bogota, Colombia, where the FARC is active.", "30", (None, None)),
    # nobody says that his own side kidnapped
    ("Unidentified persons kidnapped 31 people in Uraba, Colombia, the Colombian governor's office reported. The FARC is active there.", "31", (None, None)),
    # who did it may stand behind the headline
    (
        "Car bomb kills 20 civilians in Deir ez-Zor, Syria. The attack was carried out by Islamic State, activists said.",
        "20", ("ISIL", None),
    ),
    (
        "At least 17 people were killed by suicide bombings in Damascus, Syria. Police sealed the streets. Residents fled. "
        "Islamic State said three of its fighters carried out the attack on a police station.",
        "At least 17", ("ISIL", None),
    ),
    # crimes are committed, operations carried out by somebody
    ("Rebels condemned the massacre committed by Assad's air force in Raqqa, Syria, where 65 civilians were killed.", "65", ("Syria", None)),
    (
        "Nine civilians died in an operation by the Ethiopian army in Amhara, where it fights Fano.", "Nine",
        ("Ethiopia", None),
    ),
    ("Coalition war planes carried out 10 air strikes on Islamic State in Raqqa, Syria.", "10", ("US", "ISIL")),
    # the dead of two sides in one breath are nobody else's doing
    (
        "US jets bombed Raqqa in Syria. A monitor said at least 45 Islamic State militants and 20 Kurdish fighters had been killed.",
        "at least 45", (None, "ISIL"),
    ),
    # a war kills, not a side
    ("The war in Syria, which began in 2011, has killed more than 380,000 people, though ISIL was beaten.", "more than 380,000", (None, None)),
    # what only one side has
    ("At least 24 people were killed in a barrel bomb attack on Aleppo, which rebels hold in Syria.", "At least 24", ("Syria", None)),
    # forces loyal to somebody are his
    (
        "Washington says forces loyal to President Bashar al-Assad were behind the attack in which more than 1,400 people were "
        "killed in Syria, where rebels fight.",
        "more than 1,400", ("Syria", None),
    ),
    # a uniform is not an army
    ("BOGOTA - A man in military uniform killed four people in Medellin, Colombia, where the FARC is active.", "four", (None, None)),
    # who speaks of the other's men did not send them
    ("The army of Colombia speaks of 4,000 guerrillas in Meta, where the FARC is strong.", "4,000", ("FARC", None)),
    # a side that tells of its own strikes aims at its enemy
    (
        "The US-led coalition said its aircraft had conducted 630 airstrikes around Ramadi, Iraq, which Islamic State holds.", "630",
        ("US", "ISIL"),
    ),
    # a foreign power that strikes others there, too: no civilians of the state's
    (
        "US-led coalition jets struck Abu Kamal in Syria, which Islamic State holds, killing 23 people. Syria's army lost a base.",
        "23", ("US", None),
    ),
    # a bulletin is its issuer's, and "we" and "the enemy" are read so
    (
        "PRESS RELEASE\n\nCommunique No. 12 of the LTTE, 4 May 2000\n\nOur artillery fired 60 shells into the camp at Elephant Pass, "
        "Sri Lanka. The enemy lost 94 men.",
        "94", ("LTTE", "Sri Lanka"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "expected"), SURER)
def test_sides_that_the_story_gives(text: str, figure: str, expected: tuple[str | None, str | None]) -> None:
    assert sides(text, figure) == expected


def test_border_war_of_the_sudans() -> None:
    text = "SPLA spokesman Philip Aguer said 19 of his soldiers were killed in Heglig by Sudanese jets."
    assert sides(text, "19", date(2012, 4, 21)) == ("Sudan", "South Sudan")


OTHER_WORDS = [
    # two that act together, however they are joined: the first is told
    ("Syrian Russian air raids killed nine people in Maarat al-Numan, Syria.", "nine", ("Syria", None)),
    ("Russian & regime warplanes killed six shoppers in Ariha, Syria, where the rebels rule.", "six", ("Russia", None)),
    # the aggression of a state is its own, the shelling of one is not
    (
        "Since the beginning of the aggression of the Zionist regime 61 people have been martyred in Isfahan, Iran.", "61",
        ("Israel", "Iran"),
    ),
    ("The bombardment of Ukraine by Russia killed 12 people.", "12", ("Russia", "Ukraine")),
    ("The shelling of Armenia killed five villagers, while Azerbaijan was silent.", "five", ("Azerbaijan", "Armenia")),
    # by whose count does not say by whom
    ("By our count Russian forces took 40 square kilometres of Ukraine in May.", "40 square kilometres", ("Russia", "Ukraine")),
    # who leaves men on the field has lost them
    (
        "Ukraine's army said the enemy left 60 men dead on the battlefield near Bakhmut; Russia denied it.", "60",
        ("Ukraine", "Russia"),
    ),
    # raids are no whole of which the injured are a part
    ("Two raids by Israeli jets on Tyre, Lebanon, left another 18 injured.", "18", ("Israel", "Lebanon")),
    # a number before it makes a noun of a word that may be a verb
    ("Colombia closes the year with 61 massacres. The ELN and the FARC fight in Cauca.", "61", (None, None)),
    # an answer to a blow is not what is avenged
    ("In response to the raid on Tyre, Hezbollah fired 30 rockets at Israel.", "30", ("Hezbollah", "Israel")),
    # "it" is the group that the sentence before tells of
    ("The JNIM is active in Mali. The group besieged Boni last week. On Monday it killed 12 villagers.", "12", ("JNIM", None)),
    # where one side's officials count all harm, it is that side's
    (
        "Fourth body found in Sumy. That brings the dead to four. Governor Ivan Koval said Russian drones wounded six people.",
        "four", ("Russia", "Ukraine"),
    ),
    # the sentence that repeats a headline's figure tells of the same
    ("Nine dead in Hama. At least nine people were killed when shells fired by rebels hit Hama, Syria.", "Nine", ("rebels", None)),
    # a word in quotation marks acts like any other
    (
        'State television said 11 people died in Homs, Syria, when shells fired by "terrorists" hit a bakery.', "11",
        ("rebels", None),
    ),
    # who destroyed most of them launched none
    ("Air defenders of Ukraine destroyed 61 of 79 Russian drones.", "79", ("Russia", "Ukraine")),
    # an army that rejects its own dead has not killed them
    ("Mali's army spokesman dismissed the figure of 100 dead after JNIM attacked Boulkessi.", "100", ("JNIM", None)),
    # names that hold another's
    (
        "Hezbollah al-Nujaba said its men killed nine fighters of the Nusra Front in Syria.", "nine",
        ("Hezbollah al-Nujaba", "Nusra Front"),
    ),
    (
        "Two missionaries were murdered by the Zarate Willka Armed Forces of Liberation in La Paz, Bolivia.", "Two",
        ("Zarate Willka", None),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "expected"), OTHER_WORDS)
def test_sides_in_other_words(text: str, figure: str, expected: tuple[str | None, str | None]) -> None:
    published = (
        date(1989, 6, 5) if "Bolivia" in text else date(2019, 6, 5) if "Syria" in text else date(2024, 6, 5)
    )
    if "Isfahan" in text:
        published = date(2025, 6, 20)
    assert sides(text, figure, published) == expected


BLAMED_AND_JOINED = [
    # whom a group leads is the group's; who speaks counts people who are called nobody's as its own
    ("Hamas-led fighters attacked southern Israel, killing 1,200 people, Israeli officials said.", "1,200", ("Hamas", "Israel")),
    ("Cambodia and Thailand traded fire. Cambodia has confirmed 13 dead.", "13", ("Thailand", "Cambodia")),
    # attacks in which somebody's soldiers died were on him; whom operations are against
    ("Fourteen Malian soldiers died in two attacks on Tuesday, the army said.", "two", (None, "Mali")),
    (
        "The Arab coalition in Yemen announced 38 operations against the Houthi militia, in which it destroyed a truck.",
        "38", ("Saudi Arabia", "Houthis"),
    ),
    # in whose capital somebody speaks to the press
    (
        'Ukrainian and Russian officials gave different figures. "In May our troops liberated 13 settlements," General '
        "Sergei Rudakov told reporters in Moscow.", "13", ("Russia", "Ukraine"),
    ),
    # to release people is not to release a statement; guerrillas of a group are the group's
    ("The Houthis fight Saudi Arabia. The Houthis released 153 prisoners on Saturday.", "153", ("Houthis", None)),
    ("Guerrillas of the FARC attacked a base in Colombia, killing 27 soldiers.", "27", ("FARC", "Colombia")),
    # who is freed again was freed by his captors
    ("In Nablus, Israeli troops arrested 25 Palestinians. Seven were released hours later.", "Seven", ("Israel", "Palestinians")),
    # who is blamed did it, in the passive and before "for" as well
    (
        "Three children were among the dead, the mayor said on Friday, blaming the Islamic State group for the bombing in Mosul in Iraq.",
        "Three", ("ISIL", None),
    ),
    ("The RSF, accused of killing 30 people in El Fasher, holds much of Darfur in Sudan.", "30", ("RSF", None)),
    (
        "Twelve villagers died in Mopti in Mali on Sunday; JNIM, blamed for dozens of raids this year, denied any part in it.",
        "Twelve", ("JNIM", None),
    ),
    # of sides that act together the first counts, whatever joins them
    ("Russian and regime forces killed 85 civilians in Aleppo in Syria on Thursday.", "85", ("Russia", None)),
    ("Five medics died in airstrikes by the Russian and regime forces near Idlib in Syria.", "Five", ("Russia", None)),
    # the victims of a strike are not those who flew it
    ("The number of martyrs of the American aggression on Hodeidah has risen to 68, the Houthi health ministry said.", "68", ("US", "Houthis")),
    # the verb of the figure weighs more than what else its sentence tells
    ("The Sudanese army said it repelled three RSF assaults, burned 19 vehicles and withdrew.", "19", ("SAF", "RSF")),
    # operations are of whoever they are called by, a party's military wing is no army
    ("Nine gunmen were killed in Pakistani army operations against the TTP in North Waziristan.", "Nine", ("Pakistan", "TTP")),
    ("The military wing of Hamas said it had killed 12 Israeli soldiers in Rafah.", "12", ("Hamas", "Israel")),
    # who takes those who surrender; who suffers so many
    ("Some 280 soldiers surrendered to the M23 rebels in Goma after the Congolese army fled.", "280", ("M23", "DR Congo")),
    (
        "Russian forces conducted 52 assaults near Pokrovsk and have suffered an average of 960 casualties a day, the Ukrainian General Staff said.",
        "960", ("Ukraine", "Russia"),
    ),
    (
        "Azerbaijan's defence ministry said the Armenian regiment had been routed. \"It has 28 dead,\" a spokesman said.", "28",
        ("Azerbaijan", "Armenia"),
    ),
    # pylons are the state's, ships are nobody's who fights
    ("ELN guerrillas blew up four power pylons in Arauca in Colombia.", "four", ("ELN", "Colombia")),
    ("At least 60 vessels have been hit in the Red Sea since the Houthis began, by US Central Command's count.", "60", ("Houthis", None)),
    # whom a foreign coalition strikes
    ("Coalition warplanes carried out 10 air strikes near Manbij in Syria to repel the assault by ISIL.", "10", ("US", "ISIL")),
    ("US aircraft struck Ghazni in Afghanistan five times on Saturday; the Taliban hold the city.", "five", ("US", "Taliban")),
    # what only one side of a war has
    ("Israel and Iran traded fire. A submarine launched 24 Tomahawks at Isfahan.", "24", ("US", "Iran")),
    ("Israel bombed Khan Younis. Five rockets fell near Sderot in the evening.", "Five", ("Hamas", "Israel")),
    # who arrests suspects, who owns up to civilian deaths
    ("The MRTA killed a general in Lima in Peru. Fourteen suspects are held at the barracks.", "Fourteen", ("Peru", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "expected"), BLAMED_AND_JOINED)
def test_sides_by_blame_and_grammar(text: str, figure: str, expected: tuple[str | None, str | None]) -> None:
    claim = next(claim for claim in read(text) if figure in claim.quantity.text)
    assert (claim.parties.actor, claim.parties.target) == expected


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Ukrainian forces lost 40 soldiers, the Russian Defence Ministry said. Another 200 were wounded.", "200"),
        ("The Taliban said they had killed 14 Afghan soldiers in Kunduz. The governor spoke of nine.", "nine"),
    ],
)  # fmt: skip
def test_a_figure_told_anew_has_the_sides_of_the_first(text: str, figure: str) -> None:
    claims = read(text)
    again = next(claim for claim in claims if claim.quantity.text == figure)
    assert again.parties.target is not None
    assert again.parties.target == claims[0].parties.target
    assert all(why.endswith("(implied)") for why in again.parties.evidence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what the words say goes before what the codebook holds of friends and enemies
        ("Congolese soldiers killed 12 FDLR fighters on Monday.", ("DR Congo", "FDLR")),
        ("The Islamic Emirate said its fighters killed 12 soldiers.", ("Taliban", "ISIL")),
        ("PMF fighters killed 12 soldiers in Anbar.", ("PMF", None)),
        # a soldier is of no friend of those who killed him; "it" may be another than the last that was named
        (
            "The Arab coalition fights the Houthis. It said it had destroyed 12 military vehicles.",
            ("Saudi Arabia", "Houthis"),
        ),
    ],
)
def test_what_is_said_of_friends_is_believed(text: str, expected: tuple[str | None, str | None]) -> None:
    assert sides(text, "12", date(2025, 5, 6)) == expected
