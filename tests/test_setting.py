"""When and where a figure belongs: a text of 15 May 2024 (a Wednesday), and what its first figures get."""

from __future__ import annotations

import pandas as pd
import pytest

import conflictstats as cs

PUBLISHED = "2024-05-15"


def settings(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Of every figure, by its words: its days as "first..last" and its place."""
    claims = cs.load_text(text, published=PUBLISHED).claims
    return {
        row.text: (
            f"{str(row.period_start)[:10]}..{str(row.period_end)[:10]}"
            if row.period_basis in ("stated", "carried")
            else None,
            row.place if row.place_basis in ("stated", "carried") else None,
        )
        for row in claims.itertuples()
    }


@pytest.mark.parametrize(
    ("text", "figure", "days"),
    [
        # a part has its own period, the total another
        ("Some 900 people have died in Sudan since January, 40 of them in the past week.", "40", "2024-05-08..2024-05-15"),
        # the running total that a sentence arrives at is of its own time
        ("Israeli strikes killed 12 people in Gaza on Monday, bringing the toll since 7 October to 35,000.", "12", "2024-05-13..2024-05-13"),
        ("Israeli strikes killed 12 people in Gaza on Monday, bringing the toll since 7 October to 35,000.", "35,000", "2023-10-07..2024-05-15"),
        # an older count of the same event is of the same day
        ("The strike on Kharkiv on Monday killed 19 people, up from an earlier toll of 16.", "16", "2024-05-13..2024-05-13"),
        # what others say behind a semicolon is of no stated day
        ("Russia said it shot down 60 drones on Monday; Ukraine said it lost 20.", "20", None),
        # the time of saying is not that of what is said
        # the toll of an attack that the sentence before tells
        ("On Monday a shell hit a bus stop in Kherson. One passer-by was killed.", "One", "2024-05-13..2024-05-13"),
        # … but not where its own sentence tells when else
        ("Syrian planes flew over Idlib on Monday. Two pilots were killed when their helicopter was shot down over Hama.", "Two", None),
        ("On Monday a missile strike damaged a school in Sumy. The governor said two teachers were wounded in the strike.", "two", "2024-05-13..2024-05-13"),
        # another count of what the sentence before counts
        ("A bomb in Baghdad on Monday killed 21 people. Police had at first given the number of dead as 15.", "15", "2024-05-13..2024-05-13"),
        ("A bomb in Baghdad on Monday killed 21 people. The mayor had earlier reported eleven deaths.", "eleven", "2024-05-13..2024-05-13"),
        ("Shelling of Kharkiv on Monday killed four people. A hospital doctor put the number of dead at six.", "six", "2024-05-13..2024-05-13"),
        ("Rockets killed ten people in Maiduguri, Nigeria, on Monday. Police had first given the number of dead as four. A doctor spoke of 16.", "16", "2024-05-13..2024-05-13"),
        # what became of a volley
        ("Russia launched 167 drones at Ukraine overnight. The air force reported that it had downed 106 of the drones and that 56 were lost from radar.", "106", "2024-05-14..2024-05-15"),
        ("Russia launched 167 drones at Ukraine overnight. Kyiv's air force reported that its crews had downed 96 drones.", "96", "2024-05-14..2024-05-15"),
        ("Iran fired 90 missiles at Israel on Monday. Four missiles got through and struck Haifa.", "Four", "2024-05-13..2024-05-13"),
        ("A rocket bomb hit a square in Damascus on Monday. The bomb packed with nails killed one person.", "one", "2024-05-13..2024-05-13"),
        ("Activists said that 67 people were killed in airstrikes on Aleppo on Sunday adding that homes had burned.", "67", "2024-05-12..2024-05-12"),
        ("On Monday terrorists shelled Aleppo, leaving 14 dead in addition to over 50 others injured.", "over 50", "2024-05-13..2024-05-13"),
        ("The FARC attacked towns across Colombia on Monday. Fifteen towns were attacked in four days.", "Fifteen", None),
        ("Rebels shot down three drones over Loikaw, Myanmar, last Wednesday. They bring down two or three a week.", "two or three", None),
        # the day a war began is no figure's day, and what a speaker did on another day dates nothing
        ("The insurgency in Mali, launched in 2012, has left 36,000 dead.", "36,000", None),
        ("The war that broke out in Sudan in April 2023 has killed 15,000 people.", "15,000", None),
        ("The Malian defence minister, who took office on Monday, said 12 soldiers had been killed.", "12", None),
        ("In total from the beginning of the special military operation, 659 Ukrainian aircraft have been destroyed.", "659", "2022-02-24..2024-05-15"),
        # a time that is only held against, and one still to come
        ("Compared with last year, deaths in Somalia fell. Al-Shabaab was responsible for 236 of the deaths.", "236", None),
        ("The war, which will enter its 11th year in March, has killed more than 387,000 people in Syria.", "more than 387,000", None),
        # what those did of whom the sentence before tells
        ("Rebels stormed the town of Goma on Monday. They burned 40 houses and abducted 12 villagers.", "12", "2024-05-13..2024-05-13"),
        ("Since Sunday 386 people have been killed in Sweida. Of these 214 are soldiers, 84 civilians and 79 gunmen.", "84", "2024-05-12..2024-05-15"),
        # how things stand now, beside what happened then
        ("Five medics were killed in Bara on Monday and three others remain missing.", "three", None),
        # the same stretch, of another year too
        ("The ministry said 236 people had been killed in Iran since Friday. A monitor counted 458 dead for the same period.", "458", "2024-05-10..2024-05-15"),
        ("The UN recorded 300 attacks in Kashmir so far this year, compared with 210 in the same period of 2019.", "210", "2019-01-01..2019-05-15"),
        ("The UN recorded 300 attacks in Kashmir in April, against 210 in the same period last year.", "210", "2023-04-01..2023-04-30"),
        ("Overnight Ukraine shot down 40 drones. The night before, it destroyed 61 drones.", "61", "2024-05-13..2024-05-14"),
        # an invasion of a month is of the day on which it began
        ("More than 12,000 civilians have been killed since Russia launched its full-scale invasion of Ukraine in February 2022.", "More than 12,000", "2022-02-24..2024-05-15"),
        ("Ten people were killed in Kabul when a bomb went off in a mosque after Friday prayers.", "Ten", "2024-05-10..2024-05-10"),
        ("A few minutes ago two bombs exploded in Lima.", "two", "2024-05-15..2024-05-15"),
        # a war that began then has cost so many lives up to now
        ("Sudan has been at war since April 2023. The conflict has claimed 150,000 lives.", "150,000", "2023-04-01..2024-05-15"),
        # so many days from another deed, or only before it
        ("Kyiv and Moscow swapped 60 prisoners on Monday, a day after handing over 90 bodies in Ukraine.", "90", "2024-05-12..2024-05-12"),
        ("Russian guns shelled Sumy on Monday in retaliation for a raid on two ships.", "two", None),
        # the day on which a toll was given
        ("On Sunday evening the mayor of Beni gave a provisional toll of 41 killed.", "41", None),
        # a figure held against another
        ("Monitors recorded 14 clashes in Kosovo, as against five in January.", "14", None),
        # losses that one source lists of one fight
        ("The rebels said on Tuesday that 30 soldiers were killed in Monday's battle in Mali and that 12 vehicles were destroyed.", "12", "2024-05-13..2024-05-13"),
        ("Last week the army said that 30 rebels had been killed in Mali.", "30", None),
        ("Ten rebels were killed in Mali on Monday, the army said on Tuesday.", "Ten", "2024-05-13..2024-05-13"),
        # an offer has no past
        ("On Monday Germany promised Ukraine 20 tanks.", "20", None),
        # how long, but not when
        ("Ukrainian forces killed 300 Russian soldiers in three weeks.", "300", None),
        # counted from an event that has a day
        ("Since Operation 1027 began on 27 October the rebels in Myanmar have taken 16 towns.", "16", "2023-10-27..2024-05-15"),
        ("Russian missiles hit Dnipro before dawn on Monday, killing three people.", "three", "2024-05-13..2024-05-13"),
        ("Three people died in a raid on Sanaa shortly after midnight on Tuesday.", "Three", "2024-05-14..2024-05-14"),
        ("The fleet flew 420 strikes in the 24 hours to Tuesday morning, NATO said.", "420", "2024-05-13..2024-05-14"),
        ("Rebels killed 30 soldiers in Mali in the 48 hours to Sunday evening.", "30", "2024-05-10..2024-05-12"),
        ("In August last year a car bomb killed 27 people in Kabul.", "27", "2023-08-01..2023-08-31"),
        ("The army lost 40 soldiers in March of this year in Burkina Faso.", "40", "2024-03-01..2024-03-31"),
        ("Nine people were hurt in last night's bombing in Cali.", "Nine", "2024-05-14..2024-05-14"),
        ("Six people were killed in yesterdays attack on Beni.", "Six", "2024-05-14..2024-05-14"),
        ("The SDF broke into Raqqa in March and has since taken 90 percent of the city.", "90 percent", "2024-03-01..2024-05-15"),
        ("It was the deadliest attack in Somalia since January 2016, when at least 150 soldiers were killed.", "at least 150", "2016-01-01..2016-01-31"),
        ("Some 66,000 people have been displaced in Libya, 3,400 of them in the past week.", "3,400", "2024-05-08..2024-05-15"),
        ("Some 66,000 people have been displaced in Libya, 3,400 of them in the past week.", "Some 66,000", None),
        ("Wed May 15 2024 Car bomb kills four in Damascus.", "four", None),
        ("Reuters Tuesday 14 May 2024 A bomb killed four people in Damascus.", "four", None),
        ("Last updated at May 14 2024 Ten people died in Idlib.", "Ten", None),
        ("Date of publication 13 May 2024 Ten people died in Idlib.", "Ten", None),
        ("A bomb killed four people in Damascus on May 14, 2024.", "four", "2024-05-14..2024-05-14"),
        ("On 14 May 2024 Ukrainian forces shot down 20 drones.", "20", "2024-05-14..2024-05-14"),
        ("The Hamas attack of October 7 killed about 1,200 people in Israel.", "about 1,200", "2023-10-07..2023-10-07"),
        ("In an interview with a French channel this month he spoke of 46,000 killed.", "46,000", None),
        ("In the region 180,000 homes lost power on Monday; on Tuesday morning 26,500 of them were still dark.", "26,500", "2024-05-14..2024-05-14"),
        ("Late last month the coalition admitted killing 35 civilians in strikes on Mosul.", "35", None),
        ("Two soldiers died overnight, taking to 336 the number of troops killed in Gaza since the ground offensive began on 27 October.", "336", "2023-10-27..2024-05-15"),
        ("Israeli strikes killed 31 people in Rafah over the previous 24 hours, the health ministry said.", "31", "2024-05-14..2024-05-15"),
        ("The group was founded in 2016 and now has 4,000 fighters in Mali.", "4,000", None),
        ("M23 fighters killed 12 civilians in Masisi late on Monday and eight more on Tuesday morning.", "eight", "2024-05-14..2024-05-14"),
        ("Posted Tuesday, 14 May 2024 Three Soldiers Killed in Ambush in Mali.", "Three", None),
        ("At least 140 people were killed in Sudan in the week ending 10 May.", "At least 140", "2024-05-04..2024-05-10"),
        ("The Houthis fired five missiles at ships in the two days to Tuesday.", "five", "2024-05-13..2024-05-14"),
        ("Russian troops carried out 64 attacks in Ukraine during the day.", "64", "2024-05-15..2024-05-15"),
        ("On Monday Goma was shelled. Over the day, 12 people were killed in Congo.", "12", "2024-05-13..2024-05-13"),
        ("Violence has raged in Sudan since 12 May. Some 46,500 people were displaced in three days.", "Some 46,500", "2024-05-12..2024-05-15"),
        ("Violence has raged in Sudan since 1 April. Some 46,500 people were displaced in three days.", "Some 46,500", None),
        ("In Belgorod a drone hit a lorry; the driver, born in 1974, was killed and two of his sons were wounded.", "two", None),
        # what happened days before a deed is not of the deed's day
        ("A clinic in Aleppo was bombed late on Tuesday, days after 12 aid workers were killed.", "12", None),
        ("The shelling came a day after Russian strikes on Sunday killed 12 people in Kharkiv.", "12", "2024-05-12..2024-05-12"),
        ("Just days before an election, rebels on Monday attacked three army posts in Mali.", "three", "2024-05-13..2024-05-13"),
        # the toll of the deed in front of a semicolon
        ("An air strike hit a bus in Hodeidah on Monday; the health office says eleven passengers were killed.", "eleven", "2024-05-13..2024-05-13"),
        ("Kharkiv was heavily shelled again on Monday; in Sumy two people were killed.", "two", None),
        ("The Syrian monitor on Monday put the number of people killed in Sweida at 120.", "120", None),
        ("Ukrainian troops burned two Russian tanks, and on Thursday a lorry.", "two", None),
        ("By the time the army pulled out on Thursday, more than 400 people had been wounded in Sudan.", "more than 400", None),
        # of a running total behind it, and of a part
        ("Mortar fire killed three soldiers near Goma, Congo said, bringing to 12 the number killed since Thursday.", "three", None),
        ("The raids killed 44 people, says Gaza's ministry, which counts in all 87 dead since 1 May.", "44", None),
        ("Russia's losses stand at 859,920 men, including 1,170 over the past day.", "1,170", "2024-05-14..2024-05-15"),
        ("Russia's losses stand at 859,920 men, including 1,170 over the past day.", "859,920", None),
        ("At least 41 civilians died in Sudan, eight of them at a soup kitchen on Monday.", "At least 41", None),
        ("At least 41 civilians died in Sudan, eight of them at a soup kitchen on Monday.", "eight", "2024-05-13..2024-05-13"),
        # since when there had been nothing like it
        ("The advance drove 40,000 people from Mosul, prompting the first US strikes in Iraq since the withdrawal of 2011.", "40,000", None),
        ("Syria sees its worst fighting since the battle for Aleppo last year, with 300 civilians killed.", "300", None),
        ("It was the deadliest of 14 attacks in Congo that the group has counted since November.", "14", "2023-11-01..2024-05-15"),
        ("Their deaths brought to 69 the number of US troops who have died in Iraq since 1 May.", "69", "2024-05-01..2024-05-15"),
        # what a toll has risen from, and when it was looked into
        ("India says its toll in Kashmir has risen from 251 last week to 297.", "297", None),
        ("A rights group collected the names of 69 Syrian civilians killed by mines during an investigation this month.", "69", None),
        ("More than 230,000 people fled Kivu, Congo, this year, adding to the 4.6 million already displaced.", "4.6 million", None),
        # other words for since
        ("From the beginning of the full-scale invasion 72 people have died in Nikopol, Ukraine.", "72", "2022-02-24..2024-05-15"),
        ("Since the beginning of this day 121 clashes have been recorded in Ukraine.", "121", "2024-05-15..2024-05-15"),
        ("Since New Year eighteen villages have been taken in Ukraine.", "eighteen", "2024-01-01..2024-05-15"),
        ("Over the week Ukrainian troops killed 150 Russian soldiers.", "150", "2024-05-08..2024-05-15"),
        # a time that figures are only held against
        ("In April we recorded 412 strikes in Gaza, against 287 in March. They left 1,318 people dead.", "1,318", "2024-04-01..2024-04-30"),
        # what came later, and what was elsewhere
        ("Rebels abducted 6,417 Yazidis in Iraq in August 2014. Of these, 3,581 have been freed.", "3,581", None),
        ("Rebels abducted 6,417 Yazidis in Iraq in August 2014. Of these, 2,600 are still missing.", "2,600", None),
        ("Soldiers in Ethiopia took away 41 men on 8 January. The bodies of 26 were later found.", "26", None),
        ("Two people were killed in Tartar, Azerbaijan, on Monday. In Ganja, 19 houses were damaged.", "19", None),
        ("A bomb killed nine people in Quetta on Tuesday. Five more were found dead in the afternoon.", "Five", "2024-05-14..2024-05-14"),
        ("Russia shot down 17 drones over Bryansk on Monday. No casualties.", "No", "2024-05-13..2024-05-13"),
        ("On Monday Russian tanks came. Our crew knocked out seven of the tanks. We burned two of them.", "two", "2024-05-13..2024-05-13"),
        # the day of a dateline is no figure's
        ("Srinagar, May 14: Two militants were killed in an operation, police said.", "Two", None),
    ],
)  # fmt: skip
def test_days(text: str, figure: str, days: str | None) -> None:
    assert settings(text)[figure][0] == days


@pytest.mark.parametrize(
    ("text", "figure", "place"),
    [
        ("Rebels burned two cars in GUATEMALA CITY, and four people died.", "four", "GUATEMALA CITY"),
        ("Two people were killed in Syria in February.", "Two", "Syria"),
        ("Some 10,000 people fled from Sudan's war to safety in Ethiopia.", "Some 10,000", "Ethiopia"),
        ("Syria said two people were killed on Monday.", "two", None),  # a side
        ("Activists in Idlib province said 35 civilians were killed in strikes on the province.", "35", "Idlib province"),
        ("Syrian rockets hit al-Qusour and al-Joura neighbourhoods in Deir Ezzor city, killing two people.", "two", None),  # two equally specific places
        ("The bodies of 40 people were recovered from the streets of Goma, in eastern Congo.", "40", "Goma"),
        ("SIX GUERRILLAS OF THE FMLN WERE KILLED IN DOWNTOWN SAN SALVADOR.", "SIX", "SAN SALVADOR"),
        ("Warplanes hit Douma, the Syrian Observatory said, adding that the strike had killed 50 people.", "50", "Douma"),
        ("Ukrainian forces hold about 500 square miles of Kursk Oblast.", "about 500 square miles", "Kursk Oblast"),
        # a people's land by its name, and its people
        ("Myanmar's army killed 12 villagers in Kachin on Monday.", "12", "Kachin"),
        ("Myanmar's army killed 12 Chin villagers on Monday.", "12", None),
        ("At least 124 villagers were killed by the RSF in As Sireha, Sudan.", "At least 124", "As Sireha"),
        ("In Sudan, about 1,900 residents fled Sasit when the RSF came.", "about 1,900", "Sasit"),
        ("Israeli troops have killed 160 Hezbollah fighters since crossing into southern Lebanon.", "160", "southern Lebanon"),
        ("Israeli troops killed four Hezbollah gunmen who came out of a shaft near Kfar Kila.", "four", "Kfar Kila"),
        ("The Popular Mobilisation Forces said they had taken Tal Afar air base, killing dozens of insurgents in Iraq.", "dozens", "Tal Afar air base"),
        ("Ukraine freed 95 Russian prisoners under a deal reached at talks in Istanbul.", "95", None),
        # beyond an aside, out of a heading, and not where somebody was going or came from
        ("Militias ambushed them on the Tukaraq road in Somalia, the ministry said, and killed 86 soldiers.", "86", "Tukaraq road"),
        ("Congo news.\nBeni: 41 bodies found at Masala, says the army of Congo.", "41", "Masala"),
        ("Yemen: some 145 army lorries were destroyed, and the rest fled toward Marib city.", "some 145", None),
        ("Rebels in Russia said 400 of them had been killed since they left Shatoi.", "400", None),
        ("Russian guns shelled Sumy on Monday in retaliation for a raid on two ships.", "two", None),
        ("A bomb killed four people in La Mar province, Ayacucho region, in Peru.", "four", "La Mar province"),
        ("Hezbollah fired scores of rockets at northern Israel.", "scores", "northern Israel"),
        ("Israeli aircraft hit 120 targets across Lebanon and killed four gunmen near Kfar Kila.", "120", "Lebanon"),
        ("The bodies of three men in KLA uniform were found by monitors.", "three", None),
        # what "the town", "the capital" and "the gorge" stand for
        ("Fighting raged in Siversk. A spokesman spoke. Another said nothing. He put Russian losses around the town at 420 killed.", "420", "Siversk"),
        ("Russian troops have entered Siversk. Kyiv lost 600 soldiers in the fighting for the town, Russia says.", "600", "Siversk"),
        ("Rockets struck Libya's west. Diplomats put the number of LNA troops around the capital at 8,000.", "8,000", "Tripoli"),
        ("Rebels fled the Argun gorge in Chechnya. The general said 1,500 guerrillas were still in the gorge.", "1,500", "Argun gorge"),
        ("Nets lie on the shore of Lake Chad. On the lake, Chadian troops freed 22 fishermen.", "22", "Lake Chad"),
        ("Shells fell on Las Anod in Somalia. More than 185,000 people have fled the city.", "More than 185,000", "Las Anod"),
        ("Goma in eastern Congo is tense. The city was hit by 12 shells.", "12", "Goma"),
        ("The mayor of Goma in eastern Congo spoke. The governor said 12 people had died.", "12", None),
        # not where those sit who did it, but where those sat to whom it was done
        ("Terrorists based in Eastern Ghouta fired shells at neighborhoods in Damascus city, killing eight people.", "eight", "Damascus city"),
        ("Rebels positioned in al-Rashidin fired rockets at Aleppo, killing three civilians in Syria.", "three", "Aleppo"),
        ("Three soldiers stationed in Kidal were killed in Mali.", "Three", "Kidal"),
        ("Chad will send 1,200 soldiers to Timbuktu in Mali.", "1,200", "Timbuktu"),
        # two places, whether or not both are known; a headline's present
        ("Israeli jets carried out five raids on Aita al-Shaab and Ramieh, the Lebanese agency said.", "five", None),
        ("Nearly 9,000 people flee Bara after RSF takeover in Sudan.", "Nearly 9,000", "Bara"),
        ("West of Cape Tarkhankut the Black Sea Fleet of Russia destroyed three Ukrainian sea drones.", "three", "Cape Tarkhankut"),
        ("Rebels in Colombia carried out 25 attacks on the Cravo Norte oil pipeline.", "25", "Cravo Norte oil pipeline"),
        ("Nearly 12 million people are displaced in Sudan.", "Nearly 12 million", "Sudan"),
        ("Eight people died in attacks by the Jaish al-Islam group in Syria which targeted neighborhoods in Damascus city.", "Eight", "Damascus city"),
        ("Rebels destroyed nine bridges along the Litoral highway in El Salvador.", "nine", "Litoral highway"),
        ("The commission counted nine bodies exhumed at Pucayacu in Peru.", "nine", "Pucayacu"),
        # where those are who tell of it
        ("BLA fighters have killed 110 people in Balochistan, according to the Peace Desk, a research group in Islamabad.", "110", "Balochistan"),
        ("Syria's health ministry in Damascus speaks of 260 dead.", "260", None),
        ("The Gaza Monitor, a rights group in London, puts the toll at 865.", "865", None),
        # … but where nothing else says where, it happened where it was told of
        ("In Babanusa, the Sudanese army said, two RSF attacks were beaten off.", "two", "Babanusa"),
        ("In Geneva, the UN said that 300 people had died in Sudan.", "300", "Sudan"),
        ("In neighbouring Idlib province, the Syrian army said it killed seven rebels at Saraqib.", "seven", "Saraqib"),
        ("(Nairobi) – Fighters killed 57 civilians in a night attack at Lindu, in Congo's Ituri province, on Monday.", "57", "Lindu"),
        # fought for, and what one source tells of one place
        ("At least 60 Sudanese soldiers were killed in the battle for Bara on Monday.", "At least 60", "Bara"),
        ("Syrian planes have killed 37 rebels since the army began its offensive for Tabqa.", "37", "Tabqa"),
        ("Lebanese radio said a blast shook the town of Qana and that 19 people were injured.", "19", "Qana"),
        # a list of places, known or not
        ("Russia launched 810 drones at Kharkiv, Dnipro, Odesa and other cities.", "810", None),
        ("Hezbollah launched 230 rockets at Haifa, Kiryat Shmona and the town of Metula.", "230", None),
        # where a part was, or one of them; where they came from
        ("Lebanon counted 54 dead and 168 wounded, 13 of the dead in Tyre alone.", "54", None),
        ("Lebanon counted 54 dead and 168 wounded, 13 of the dead in Tyre alone.", "13", "Tyre"),
        ("Russian forces hold about 19 percent of Ukraine, including most of Zaporizhzhia Oblast and 76 percent of Kherson Oblast.", "about 19 percent", None),
        ("Russia carried out five strikes on Ukraine with bombs launched from planes over Belgorod Oblast.", "five", None),
        ("Hezbollah fired 115 rockets at Israel, and near Safed a drone crashed into a canteen.", "115", None),
        # what was done there, and what has been done since
        ("Congo's army says its men still hold pockets of Goma and have killed 300 rebels.", "300", None),
        ("Sudan update. Nutrition: 30 trucks of supplies pre-positioned in Kosti.", "30", "Kosti"),
        ("According to a foundation, 3,100 people are still in captivity in Colombia.", "3,100", "Colombia"),
        ("Mines have killed 29 Malian civilians in the north of the country since January.", "29", "north of the country"),
        ("The war in Sudan has driven two million from their homes, of whom more than 61,000 crossed into Chad.", "more than 61,000", "Chad"),
        ("Russia's officers handed out 500 food parcels with a weight of 2.7 tonnes to residents of Salamiyah in Syria.", "500", "Salamiyah"),
        # a running total's place stands behind it
        ("Raids on Kafr Batna brought to 49 the number of people killed in Eastern Ghouta, Syria, since Sunday.", "49", "Eastern Ghouta"),
        ("Raids on Goma killed three people, bringing to 49 the number killed in Congo since Sunday.", "three", "Goma"),
        ("Fierce clashes have erupted in Syria between ISIL and rebels on the Qalamoun barrens claiming at least 10 dead.", "at least 10", "Qalamoun barrens"),
        # a quarter of a town, a village that nobody knows, what lies in a region that the sentence opens with
        ("Russian artillery hit a bus stop in Kherson's Dniprovskyi district, killing two people in Ukraine.", "two", "Dniprovskyi district"),
        ("Mozambique's police said their officers killed two attackers at Ocua.", "two", "Ocua"),
        ("No deaths were reported in Mecufi. The army of Mozambique is fighting in Cabo Delgado.", "No", "Mecufi"),
        ("An analyst at Globsec said 40 Malian soldiers were killed.", "40", None),
        # the whole country of a civil war, where it is said that it happened there; each its own of two
        ("The observatory counted 134 dead across Syria on Saturday: 58 civilians, 42 rebels and 34 soldiers.", "134", "Syria"),
        ("Some 2,500 US troops remain in Iraq to fight IS.", "Some 2,500", "Iraq"),
        ("Turkey's army said it had killed 61 PKK fighters, 29 in Iraq and 32 in Syria.", "61", None),
        ("Turkey's army said it had killed 61 PKK fighters, 29 in Iraq and 32 in Syria.", "29", "Iraq"),
        ("Turkey's army said it had killed 61 PKK fighters, 29 in Iraq and 32 in Syria.", "32", "Syria"),
        ("Islamic State held 100,000 square kilometres in Iraq and Syria.", "100,000 square kilometres", None),
        ("In Darfur, RSF shelling of the besieged city of al-Fashir killed 26 civilians in Sudan.", "26", "al-Fashir"),
        # in capitals throughout, and a capital that bears its country's name
        ("THREE EXPLOSIONS ROCKED GUATEMALA CITY TODAY, LEAVING FIVE PEOPLE WOUNDED.", "FIVE", "GUATEMALA CITY"),
        ("A BOMB WOUNDED SEVEN SOLDIERS OF THE HONDURAN ARMY IN LA CEIBA TODAY.", "SEVEN", "LA CEIBA"),
        ("A blast in down town Homs killed six people in Syria.", "six", "Homs"),
        ("Ukraine's evening report.\nBakhmut direction: eleven Russian attacks were repelled near Bohdanivka and Klishchiivka.", "eleven", "Bakhmut"),
        # parts of countries whose names have several words, and what lies behind such a name
        ("Six people were killed in northern Burkina Faso on Monday.", "Six", "northern Burkina Faso"),
        ("Six people were killed in the northeastern Democratic Republic of the Congo.", "Six", "northeastern Democratic Republic of the Congo"),
        ("Six people were killed in Burkina Faso's eastern Gourma province.", "Six", "Gourma province"),
        ("Bombs killed six people in Tarr Lay village of Katha township, Myanmar.", "six", "Tarr Lay village"),
        ("Six youths were abducted in nearby Nagre on Monday, Burkina Faso's army said.", "Six", "Nagre"),
        # where a report was written, in small letters
        ("Five dead in blast\n\nBogota (AFP) – Four soldiers were killed in a bomb attack, Colombia's army said.", "Four", None),
        ("Srinagar, May 14: Two militants were killed in an operation in Kulgam, police said.", "Two", "Kulgam"),
        ("Russia's Vostok battlegroup killed up to 310 Ukrainian soldiers, the ministry said.", "up to 310", None),
        # where a victim lived is not where he died
        ("Two soldiers — Lance Naik Gul Aslam, 37, resident of Mianwali; Sepoy Bilal, 29, resident of Karak — were killed.", "Two", None),
        # whose blow it was is not where it fell
        ("The group said six people were killed in US strikes.", "six", None),
        ("Two injured in Iran missile barrage, rescuers say", "Two", None),
        ("Six people were killed in the US on Monday in an attack claimed by ISIL.", "Six", "US"),
        ("Three killed in Somalia attack", "Three", "Somalia"),
    ],
)  # fmt: skip
def test_place(text: str, figure: str, place: str | None) -> None:
    assert settings(text)[figure][1] == place


def test_a_line_of_a_digest_keeps_its_day_and_its_place() -> None:
    text = (
        "Ukraine: the day on the border.\n\n"
        "📍 Klimovo district. On 13 May Russian guns shelled six villages. Three houses were damaged.\n"
        "📍 Starodub district. Yesterday Russia attacked 11 times. Mobile groups shot down nine drones.\n"
    )
    found = settings(text)
    assert found["Three"] == ("2024-05-13..2024-05-13", "Klimovo district")
    assert found["nine"] == ("2024-05-14..2024-05-14", "Starodub district")


def test_a_list_has_the_days_of_the_line_above_it_and_adds_up_to_it() -> None:
    text = (
        "Over the past day Russian forces shelled the region 30 times:\n\n"
        "- Russian guns fired 12 shells at Orikhiv;\n- 18 Russian drones attacked Huliaipole.\n"
    )
    claims = cs.load_text(text, published=PUBLISHED).claims.set_index("text")
    for line in ("12", "18"):
        assert str(claims.loc[line, "period_start"])[:10] == "2024-05-14"
        assert claims.loc[line, "period_basis"] == "carried"
        assert claims.loc[line, "part_of"] == claims.loc["30", "claim_id"]


@pytest.mark.parametrize(
    ("text", "part", "total"),
    [
        ("Soldiers in Mali shot dead at least 26 civilians, four health workers among them.", "four", "at least 26"),
        ("Sixteen civilians, three women and five children among them, were killed by Pakistani shells.", "five", "Sixteen"),
        ("A missile killed 27 people in Kharkiv. Of the dead, 16 were soldiers; two were children.", "16", "27"),
        ("A missile killed 27 people in Kharkiv. Of the dead, 16 were soldiers; two were children.", "two", "27"),
        ("The hospital in Homs took in 30 people, of whom 18 were dead and twelve were wounded.", "twelve", "30"),
        # none is no part, nor is anything a part of none
        ("A missile killed 27 people in Kharkiv. No children were among the dead.", "No", None),
        # more than the whole
        ("The WHO has counted 458 deaths in Tripoli, 31 of them civilians, and 2,209 injuries.", "2,209", None),
        # a woman among four is no part that has a number
        ("Residents of Boulkessi buried 39 soldiers; four civilians, a woman among them, were killed.", "four", None),
    ],
)  # fmt: skip
def test_part(text: str, part: str, total: str | None) -> None:
    claims = cs.load_text(text, published=PUBLISHED).claims.set_index("text")
    found = claims.loc[part, "part_of"]
    assert (None if pd.isna(found) else claims.index[claims["claim_id"] == found][0]) == total
