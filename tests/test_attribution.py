"""Who says a figure: (text, the figure, source, side, voice, status), and the laws that hold for any text.

A side of None is not asked for; a source of None is nobody: the narrator, or a rumour's unknown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictstats.attribution import read_attribution
from conflictstats.attribution.quotations import find_quotations
from conflictstats.attribution.speakers import slug
from conflictstats.codebook import load_codebook
from conflictstats.names import find_names
from conflictstats.records import Article, Attribution, Document, Quantity, Sentence
from conflictstats.sentences import split_sentences
from conflictstats.wording import read_words

CODEBOOK = load_codebook()
PUBLISHED = date(2024, 6, 1)


def document(text: str, figure: str, nth: int = 0) -> tuple[Document, Sentence, Quantity]:
    """An article without a parse, which attribution does not need, and the figure in it."""
    spot = [m.start() for m in re.finditer(r"(?<!\w)" + re.escape(figure) + r"(?!\w)", text)][nth]
    end = spot + len(figure)
    quantity = Quantity(spot, end, figure, 1, 1, 1, "exact", "count", "count", spot, end)
    sentences = tuple(
        Sentence(
            index,
            span.paragraph,
            span.start,
            span.end,
            text[span.start : span.end],
            (quantity,) if span.start <= spot < span.end else (),
        )
        for index, span in enumerate(split_sentences(text))
    )
    article = Article("test", text, PUBLISHED)
    holder = next(sentence for sentence in sentences if sentence.quantities)
    return Document(article, sentences, find_names(text, CODEBOOK)), holder, quantity


def attribution(text: str, figure: str, nth: int = 0) -> Attribution:
    read, sentence, quantity = document(text, figure, nth)
    return read_attribution(quantity, None, sentence, read, CODEBOOK)


SUPERSEDED = [
    (
        "The death toll from the missile strike on Pavlohrad rose to 34 on Monday, up from 27 a day earlier, the regional governor said.",
        "27",
        "regional governor",
        "Ukraine",
        "reported",
        "superseded",
    ),
    (
        "The death toll from the missile strike on Pavlohrad rose to 34 on Monday, up from 27 a day earlier, the regional governor said.",
        "34",
        "regional governor",
        "Ukraine",
        "reported",
        "asserted",
    ),
    (
        "Officials in Sumy had earlier said that 12 people were killed.",
        "12",
        "Officials in Sumy",
        "Ukraine",
        "reported",
        "superseded",
    ),
    (
        "CORRECTION: An earlier version of this article said that 12 people had been killed in Sumy. The correct number is nine.",
        "12",
        None,
        None,
        "narrator",
        "superseded",
    ),
    (
        "CORRECTION: An earlier version of this article said that 12 people had been killed in Sumy. The correct number is nine.",
        "nine",
        None,
        None,
        "narrator",
        "asserted",
    ),
    (
        "This story has been corrected to show that 9 people died in Kharkiv, not 12.",
        "12",
        None,
        None,
        "narrator",
        "superseded",
    ),
    (
        "This story has been corrected to show that 9 people died in Kharkiv, not 12.",
        "9",
        None,
        None,
        "narrator",
        "asserted",
    ),
    (
        "Nine people, not 19 as initially reported, were killed in Kharkiv, the mayor said.",
        "19",
        "mayor",
        "Ukraine",
        "reported",
        "superseded",
    ),
    (
        "The ministry lowered its count of wounded from 61 to 58.",
        "61",
        "ministry",
        None,
        "reported",
        "superseded",
    ),
    ("The toll, first given as seven, now stands at 11.", "seven", None, None, "narrator", "superseded"),
    (
        "Initially the authorities in Kharkiv reported five dead; by evening the number had risen to eight.",
        "five",
        "authorities in Kharkiv",
        "Ukraine",
        "reported",
        "superseded",
    ),
    (
        "An initial count of 14 dead was revised to 17 after rescuers found three more bodies in the rubble in Dnipro.",
        "14",
        None,
        None,
        "narrator",
        "superseded",
    ),
    ("The previous toll was 41.", "41", None, None, "narrator", "superseded"),
    (
        "Police put the number of dead at 23, revising an earlier figure of 25.",
        "25",
        "Police",
        None,
        "reported",
        "superseded",
    ),
    (
        "The governor corrected the number of injured to 17 from 18.",
        "18",
        "governor",
        None,
        "reported",
        "superseded",
    ),
    (
        "The number of wounded has increased from 30 to 46, the mayor of Kharkiv, Ihor Terekhov, wrote on Telegram.",
        "30",
        "Ihor Terekhov",
        "Ukraine",
        "reported",
        "superseded",
    ),
    (
        "Ukraine's air force later corrected the figure: 41 drones were shot down, not 43.",
        "43",
        "Ukraine's air force",
        "Ukraine",
        "reported",
        "superseded",
    ),
    (
        "Ukraine's air force later corrected the figure: 41 drones were shot down, not 43.",
        "41",
        "Ukraine's air force",
        "Ukraine",
        "reported",
        "asserted",
    ),
    ("On Sunday the ministry had spoken of 15 dead.", "15", "ministry", None, "reported", "superseded"),
    ("Previously, 40 deaths had been reported.", "40", None, None, "reported", "superseded"),
    ("Attacks rose from 12 to 15 on Monday.", "12", None, None, "narrator", "superseded"),
]

PLANNED = [
    (
        "Germany pledged 12 Leopard tanks to Ukraine.",
        "12",
        "Germany",
        "third_party",
        "reported",
        "hypothetical",
    ),
    (
        "Kyiv plans to mobilise up to 500,000 men next year.",
        "500,000",
        None,
        None,
        "narrator",
        "hypothetical",
    ),
    (
        "Russia could lose 300 tanks if the offensive fails, the analyst Mark Holt said.",
        "300",
        "Mark Holt",
        "third_party",
        "reported",
        "hypothetical",
    ),
    (
        "The two sides agreed in Istanbul to exchange 1,000 prisoners each.",
        "1,000",
        None,
        None,
        "narrator",
        "hypothetical",
    ),
    ("Ukraine proposed to release 500 prisoners.", "500", None, None, "narrator", "hypothetical"),
    (
        "If the talks succeed, 6,000 bodies will be handed over, Vladimir Medinsky said.",
        "6,000",
        "Vladimir Medinsky",
        "Russia",
        "reported",
        "hypothetical",
    ),
    (
        "Another 1,200 prisoners are to be exchanged this week.",
        "1,200",
        None,
        None,
        "narrator",
        "hypothetical",
    ),
    (
        "Israel will allow 600 trucks a day into Gaza under the deal.",
        "600",
        None,
        None,
        "narrator",
        "hypothetical",
    ),
    (
        "Hamas is expected to free 33 hostages in the first phase.",
        "33",
        None,
        None,
        "narrator",
        "hypothetical",
    ),
    ("He threatened to fire 100 missiles at Tel Aviv.", "100", None, None, "reported", "hypothetical"),
    (
        "The army is preparing to send 5,000 soldiers to the border.",
        "5,000",
        None,
        None,
        "narrator",
        "hypothetical",
    ),
    ("Ukraine has asked its allies for 7 Patriot batteries.", "7", None, None, "narrator", "hypothetical"),
    (
        "The UN appealed for trucks to bring 500 tonnes of food.",
        "500",
        None,
        None,
        "narrator",
        "hypothetical",
    ),
    (
        "Without aid, 200,000 people would be at risk of famine, the World Food Programme warned.",
        "200,000",
        "World Food Programme",
        "third_party",
        "reported",
        "hypothetical",
    ),
    ("The army wants to recruit 30,000 men.", "30,000", None, None, "narrator", "hypothetical"),
    (
        "Israeli officials said they aimed to destroy the remaining 24 battalions.",
        "24",
        "Israeli officials",
        "Israel",
        "reported",
        "hypothetical",
    ),
]

DENIED = [
    ("Hamas denied killing 40 babies in Kfar Aza.", "40", "Hamas", "Hamas", "reported", "denied"),
    (
        "The Kremlin called reports that 600 soldiers had died a lie.",
        "600",
        "Kremlin",
        "Russia",
        "reported",
        "denied",
    ),
    (
        "Israel said the claim that 500 people had been killed at the hospital in Gaza was false.",
        "500",
        "Israel",
        "Israel",
        "reported",
        "denied",
    ),
    (
        "Russia denied that it had lost 20 tanks, saying only three had been damaged.",
        "20",
        "Russia",
        "Russia",
        "reported",
        "denied",
    ),
    (
        "Russia denied that it had lost 20 tanks, saying only three had been damaged.",
        "three",
        "Russia",
        "Russia",
        "reported",
        "asserted",
    ),
    (
        "The Ukrainian military rejected as propaganda the Russian claim of 1,500 dead.",
        "1,500",
        "Ukrainian military",
        "Ukraine",
        "reported",
        "denied",
    ),
    (
        "It is not true that 400 Ukrainian soldiers were killed in Kramatorsk, the spokesman Serhiy Cherevatyi said.",
        "400",
        "Serhiy Cherevatyi",
        "Ukraine",
        "reported",
        "denied",
    ),
    (
        "Claims that 600 soldiers had been killed in Kramatorsk were dismissed by Kyiv.",
        "600",
        "Kyiv",
        "Ukraine",
        "reported",
        "denied",
    ),
    (
        "Moscow's claim to have shot down 5 jets is nonsense, Ukraine's air force said.",
        "5",
        "Ukraine's air force",
        "Ukraine",
        "reported",
        "denied",
    ),
    (
        "There is no truth in reports that 30 hostages died, Hamas said.",
        "30",
        "Hamas",
        "Hamas",
        "reported",
        "denied",
    ),
]

SAID = [
    # what is recalled still stands
    (
        "As previously reported by Ukrinform, Russian forces launched 310 drones in the region last week.",
        "310",
        "Ukrinform",
        "Ukraine",
        "reported",
        "asserted",
    ),
    # what a relative clause tells is its speaker's alone
    (
        "Ukraine's air force said on Thursday that it shot down 29 drones in an attack, which officials said caused only"
        " minor damage.",
        "29",
        "Ukraine's air force",
        "Ukraine",
        "reported",
        "asserted",
    ),
    # whose the drones are does not speak
    (
        "This past night, air defence systems on duty destroyed 16 Ukrainian unmanned aerial vehicles, the ministry said.",
        "16",
        "ministry",
        "third_party",
        "reported",
        "asserted",
    ),
    # those who were harmed do not say so
    (
        "According to updated reports, three civilians were killed and five others were wounded.",
        "five",
        None,
        None,
        "reported",
        "asserted",
    ),
    (
        "The ministry lowered its count of wounded from 61 to 58.",
        "58",
        "ministry",
        None,
        "reported",
        "asserted",
    ),
    ("The toll, first given as seven, now stands at 11.", "11", None, None, "narrator", "asserted"),
    (
        "An initial count of 14 dead was revised to 17 after rescuers found three more bodies in the rubble in Dnipro.",
        "17",
        None,
        None,
        "narrator",
        "asserted",
    ),
    (
        "Police put the number of dead at 23, revising an earlier figure of 25.",
        "23",
        "Police",
        None,
        "reported",
        "asserted",
    ),
    (
        "The number of wounded has increased from 30 to 46, the mayor of Kharkiv, Ihor Terekhov, wrote on Telegram.",
        "46",
        "Ihor Terekhov",
        "Ukraine",
        "reported",
        "asserted",
    ),
    ("Rescuers pulled five people from the rubble in Dnipro.", "five", None, None, "narrator", "asserted"),
    (
        "Troops advanced 3 km from Robotyne, the General Staff said.",
        "3",
        "General Staff",
        None,
        "reported",
        "asserted",
    ),
    ("They fired 12 rockets from Lebanon at Israel.", "12", None, None, "narrator", "asserted"),
    ("In February the army had fired 40 missiles at Kharkiv.", "40", None, None, "narrator", "asserted"),
    (
        "Rescuers fear that up to 20 people may still be under the rubble.",
        "20",
        "Rescuers",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "Rescuers could save only two people from the rubble in Dnipro.",
        "two",
        None,
        None,
        "narrator",
        "asserted",
    ),
    (
        "At least 11 people may have been killed in the strike on Dnipro.",
        "11",
        None,
        None,
        "narrator",
        "asserted",
    ),
    (
        "A total of 42 drones were launched at Ukraine, said Yuriy Ihnat, a spokesman for the air force.",
        "42",
        "Yuriy Ihnat",
        "Ukraine",
        "reported",
        "asserted",
    ),
    (
        "Ukraine's interior minister, Ihor Klymenko, told state television that 8 people had died.",
        "8",
        "Ihor Klymenko",
        "Ukraine",
        "reported",
        "asserted",
    ),
    (
        "Twelve people died in Lviv, Reuters reported, citing the regional governor.",
        "Twelve",
        "regional governor",
        "Ukraine",
        "reported",
        "asserted",
    ),
    (
        "Twelve people died in Lviv, the governor told Reuters by phone.",
        "Twelve",
        "governor",
        "Ukraine",
        "reported",
        "asserted",
    ),
    (
        "Interfax quoted the Russian defence ministry as saying that 14 drones were downed.",
        "14",
        "Russian defence ministry",
        "Russia",
        "reported",
        "asserted",
    ),
    (
        "As many as 40 fighters were killed, the SDF said in a statement posted on its website on Friday.",
        "40",
        "SDF",
        None,
        "reported",
        "asserted",
    ),
    (
        "In a post on X, the Israel Defense Forces said it had hit 75 targets in Gaza.",
        "75",
        "Israel Defense Forces",
        "Israel",
        "reported",
        "asserted",
    ),
    (
        "Gaza's health ministry says at least 31,000 Palestinians have been killed in Gaza since Israel's offensive began.",
        "31,000",
        "Gaza's health ministry",
        "Hamas",
        "reported",
        "asserted",
    ),
    (
        "More than 31,000 people have been killed in Gaza, according to the Hamas-run health ministry.",
        "31,000",
        "Hamas-run health ministry",
        "Hamas",
        "reported",
        "asserted",
    ),
    (
        "Hamas-led gunmen killed about 1,200 people in southern Israel, according to Israeli tallies.",
        "1,200",
        "Israeli",
        "Israel",
        "reported",
        "asserted",
    ),
    (
        "A tally by the Associated Press counted 85 strikes.",
        "85",
        "Associated Press",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "Data from ACLED show that 6,000 civilians were killed in Sudan.",
        "6,000",
        "ACLED",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "According to data compiled by Airwars, 192 civilians were killed in Yemen.",
        "192",
        "Airwars",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "The United Nations says 12 million people have been displaced by the war in Sudan.",
        "12 million",
        "United Nations",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "Two soldiers were killed, the Lebanese army said, and three were wounded.",
        "three",
        "Lebanese army",
        "Lebanon",
        "reported",
        "asserted",
    ),
    (
        "The Lebanese army said two soldiers were killed. Three others were wounded.",
        "Three",
        None,
        None,
        "narrator",
        "asserted",
    ),
    (
        "Russian forces launched 188 drones, of which 76 were shot down, Ukraine's air force reported.",
        "76",
        "Ukraine's air force",
        "Ukraine",
        "reported",
        "asserted",
    ),
    ("Mayor: five killed in strike on Kharkiv", "five", "Mayor", "Ukraine", "reported", "asserted"),
    ("Five killed in strike on Kharkiv - mayor", "Five", "mayor", "Ukraine", "reported", "asserted"),
    ("At least 20 dead in Rafah strikes, medics say", "20", "medics", "third_party", "reported", "asserted"),
    ("Russia says it downed 50 Ukrainian drones overnight", "50", "Russia", "Russia", "reported", "asserted"),
    ("Ukraine: 30 killed in Russian strike on Kharkiv", "30", "Ukraine", "Ukraine", "reported", "asserted"),
    (
        "It was not clear how many people were in the building. The mayor, Ihor Terekhov, said 60 had been evacuated.",
        "60",
        "Ihor Terekhov",
        "Ukraine",
        "reported",
        "asserted",
    ),
    (
        "Ihor Terekhov, the mayor of Kharkiv, was among the first on the scene. He said 60 people had been evacuated.",
        "60",
        "Ihor Terekhov",
        "Ukraine",
        "reported",
        "asserted",
    ),
    (
        "US Secretary of State Antony Blinken said Russia had lost 200,000 soldiers in Ukraine.",
        "200,000",
        "Antony Blinken",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "Residents of Bucha counted 20 bodies in one street.",
        "20",
        "Residents of Bucha",
        "third_party",
        "reported",
        "asserted",
    ),
    ("Two people were reportedly killed in Gorlovka.", "Two", None, None, "reported", "asserted"),
    ("Seven people are reported to have died in Gorlovka.", "Seven", None, None, "reported", "asserted"),
    (
        "Unconfirmed reports said 30 people had been killed in Nyala.",
        "30",
        None,
        None,
        "reported",
        "asserted",
    ),
    ("It was reported that 30 people had been killed in Nyala.", "30", None, None, "reported", "asserted"),
    (
        "Local media reported that 14 people were killed in Nyala.",
        "14",
        "Local media",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "The Ukrainian side lost up to 200 servicemen, the Russian Ministry of Defence claims.",
        "200",
        "Russian Ministry of Defence",
        "Russia",
        "reported",
        "asserted",
    ),
    (
        "Hezbollah, which has been fighting Israel since October, said it had fired 60 rockets.",
        "60",
        "Hezbollah",
        "Hezbollah",
        "reported",
        "asserted",
    ),
    (
        "The Houthis' military spokesman, Yahya Saree, said in a televised address that five drones had been launched at Israel.",
        "five",
        "Yahya Saree",
        "Houthis",
        "reported",
        "asserted",
    ),
    (
        "The paramilitary RSF, led by Hemedti, said its fighters had captured 15 officers in Khartoum.",
        "15",
        "RSF",
        "RSF",
        "reported",
        "asserted",
    ),
    (
        "A doctor at Al-Shifa hospital in Gaza said 50 bodies had been brought in.",
        "50",
        "doctor at Al-Shifa hospital",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "Ukrainian prosecutors say they have documented 120,000 war crimes and 12,000 civilian deaths.",
        "12,000",
        "Ukrainian prosecutors",
        "Ukraine",
        "reported",
        "asserted",
    ),
    (
        "Britain's defence ministry estimated that Russia had lost 1,000 men a day in May.",
        "1,000",
        "Britain's defence ministry",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "Myanmar's junta said 12 soldiers had been killed, while the Arakan Army put the figure at 60.",
        "12",
        "Myanmar's junta",
        "Myanmar",
        "reported",
        "asserted",
    ),
    (
        "Myanmar's junta said 12 soldiers had been killed, while the Arakan Army put the figure at 60.",
        "60",
        "Arakan Army",
        "Arakan Army",
        "reported",
        "asserted",
    ),
    (
        "Palestinian medics said eight people died in Jenin; the Israeli army said it had killed five militants.",
        "eight",
        "Palestinian medics",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "Palestinian medics said eight people died in Jenin; the Israeli army said it had killed five militants.",
        "five",
        "Israeli army",
        "Israel",
        "reported",
        "asserted",
    ),
    (
        "Both sides gave differing tolls: Azerbaijan spoke of 192 dead soldiers, Armenia of 200.",
        "192",
        "Azerbaijan",
        "Azerbaijan",
        "reported",
        "asserted",
    ),
    (
        "The army spokesman, Nabil Abdallah, told AFP the RSF had killed 27 people in El Fasher.",
        "27",
        "Nabil Abdallah",
        "SAF",
        "reported",
        "asserted",
    ),
    (
        "The governor of Belgorod, Vyacheslav Gladkov, said on Telegram that two women had been wounded.",
        "two",
        "Vyacheslav Gladkov",
        "Russia",
        "reported",
        "asserted",
    ),
    (
        "Vyacheslav Gladkov, governor of Russia's Belgorod region, said air defences had shot down 12 rockets.",
        "12",
        "Vyacheslav Gladkov",
        "Russia",
        "reported",
        "asserted",
    ),
    (
        "Belgorod governor Vyacheslav Gladkov said 12 rockets had been shot down.",
        "12",
        "Vyacheslav Gladkov",
        "Russia",
        "reported",
        "asserted",
    ),
    (
        "Gladkov said 12 rockets had been shot down. Vyacheslav Gladkov is the governor of Belgorod.",
        "12",
        "Vyacheslav Gladkov",
        "Russia",
        "reported",
        "asserted",
    ),
    (
        "The head of the Donetsk People's Republic, Denis Pushilin, said four civilians had been killed in Donetsk.",
        "four",
        "Denis Pushilin",
        "Russia",
        "reported",
        "asserted",
    ),
    (
        "Denis Pushilin, the Russian-installed head of Donetsk, said four civilians had been killed.",
        "four",
        "Denis Pushilin",
        "Russia",
        "reported",
        "asserted",
    ),
    (
        "Israeli media reported that 10 soldiers were killed.",
        "10",
        "Israeli media",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "A senior Hamas official said 20 fighters had been killed in Gaza.",
        "20",
        "senior Hamas official",
        "Hamas",
        "reported",
        "asserted",
    ),
    (
        "Iranian state TV said 15 missiles had been launched at Israel.",
        "15",
        "Iranian state TV",
        "Iran",
        "reported",
        "asserted",
    ),
    (
        "Sources in the Syrian opposition said 15 fighters had been killed near Aleppo.",
        "15",
        "Sources in the Syrian opposition",
        None,
        "reported",
        "asserted",
    ),
    (
        "The Syrian Observatory for Human Rights, a Britain-based war monitor, said 15 fighters had been killed. It added that 30 were wounded.",
        "30",
        "Syrian Observatory for Human Rights",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "A war monitor said 15 fighters had been killed in Idlib. The Syrian Observatory for Human Rights relies on a network of sources in Syria.",
        "15",
        "Syrian Observatory for Human Rights",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "Amnesty International has documented 36 unlawful strikes in Yemen.",
        "36",
        "Amnesty International",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "Save the Children warned that 14 million children in Sudan need help.",
        "14 million",
        "Save the Children",
        "third_party",
        "reported",
        "asserted",
    ),
    (
        "The group claimed responsibility for an attack in which 12 soldiers were killed in Borno.",
        "12",
        None,
        None,
        "narrator",
        "asserted",
    ),
    (
        "Fighting killed 12 soldiers, and no group has claimed responsibility.",
        "12",
        None,
        None,
        "narrator",
        "asserted",
    ),
    (
        "Satellite images show that 20 buildings were destroyed in Rafah.",
        "20",
        None,
        None,
        "narrator",
        "asserted",
    ),
    ("By Kyiv's count, Russia has lost 3,000 tanks.", "3,000", "Kyiv", "Ukraine", "reported", "asserted"),
    (
        "Ukraine's claim that 600 Russian soldiers died could not be verified.",
        "600",
        "Ukraine",
        "Ukraine",
        "reported",
        "asserted",
    ),
    (
        "14:05 Gladkov: 3 wounded in Shebekino. Vyacheslav Gladkov is governor of Belgorod.",
        "3",
        "Vyacheslav Gladkov",
        "Russia",
        "reported",
        "asserted",
    ),
]

QUOTED = [
    (
        "Oleh Kovalenko, 34, commands a drone unit near Bakhmut. “We lost 11 men in that assault,” he recalls.",
        "11",
        "Oleh Kovalenko",
        None,
        "quote",
        "asserted",
    ),
    (
        "Oleh Kovalenko, 34, commands a drone unit near Bakhmut.\n\n“We lost 11 men in that assault. Four more died in hospital.\n\n“Then they sent 30 drones at us,” he says.",
        "Four",
        "Oleh Kovalenko",
        None,
        "quote",
        "asserted",
    ),
    (
        "Oleh Kovalenko, 34, commands a drone unit near Bakhmut.\n\n“We lost 11 men in that assault. Four more died in hospital.\n\n“Then they sent 30 drones at us,” he says.",
        "30",
        "Oleh Kovalenko",
        None,
        "quote",
        "asserted",
    ),
    (
        "“On a good day we launch 40 drones,” says Kovalenko. “Half of them never arrive.”",
        "Half",
        "Kovalenko",
        None,
        "quote",
        "asserted",
    ),
    (
        '"There were 9 of us in the cellar," Maria Petrenko said. "Only 4 came out."',
        "4",
        "Maria Petrenko",
        "third_party",
        "quote",
        "asserted",
    ),
    (
        'Maria Petrenko was in the cellar in Kharkiv. "There were 9 of us. Only 4 came out."',
        "4",
        "Maria Petrenko",
        "third_party",
        "quote",
        "asserted",
    ),
    (
        'How many drones do you launch?\n\n"About 40 a day," Kovalenko says.',
        "40",
        "Kovalenko",
        None,
        "quote",
        "asserted",
    ),
    (
        'Kovalenko said his unit had destroyed 20 tanks. "We burned 3 in one night."',
        "3",
        "Kovalenko",
        None,
        "quote",
        "asserted",
    ),
    (
        'The mayor said the "more than 200 wounded" were in hospitals in Kharkiv.',
        "200",
        "mayor",
        "Ukraine",
        "quote",
        "asserted",
    ),
    ('Asked about losses, he said: "We lost 5 men."', "5", None, None, "quote", "asserted"),
]

BULLETIN = [
    (
        "Source: General Staff of the Armed Forces of Ukraine\n\n12 clashes took place near Kupiansk.",
        "12",
        "General Staff of the Armed Forces of Ukraine",
        "Ukraine",
        "reported",
        "asserted",
    ),
    (
        "12 clashes took place near Kupiansk.\n\nSource: General Staff of the Armed Forces of Ukraine",
        "12",
        "General Staff of the Armed Forces of Ukraine",
        "Ukraine",
        "reported",
        "asserted",
    ),
    (
        "The Russian Defence Ministry said:\n- 12 drones were shot down over Kursk\n- 3 over Belgorod",
        "3",
        "Russian Defence Ministry",
        "Russia",
        "reported",
        "asserted",
    ),
]

ALL = [*SUPERSEDED, *PLANNED, *DENIED, *SAID, *QUOTED, *BULLETIN]


@pytest.mark.parametrize(("text", "figure", "source", "side", "voice", "status"), ALL)
def test_attribution(
    text: str, figure: str, source: str | None, side: str | None, voice: str, status: str
) -> None:
    got = attribution(text, figure)
    assert (got.voice, got.status) == (voice, status), got.evidence
    if source is not None:
        assert words(source) <= words(got.source or ""), got.evidence
    elif voice == "narrator":
        assert got.source is None, got.evidence
    if side is not None:
        assert got.source_side == side, got.evidence


def words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))


# — several sentences: who is meant —

ARTICLES = [
    # a surname, a pronoun and an office take the fullest name
    (
        "Two people died, the Donetsk regional governor, Pavlo Hryn, said. Hryn said 3 were hurt. He added that 4 "
        "were missing. The governor spoke of 5 fires.",
        {"Two": "Pavlo Hryn", "3": "Pavlo Hryn", "4": "Pavlo Hryn", "5": "Pavlo Hryn"},
    ),
    # the fullest name may come later
    (
        "Konash said 7 trucks were hit. Maj. Gen. Ihor Konash commands the brigade.",
        {"7": "Ihor Konash"},
    ),
    # "it" is a body, never the person in between
    (
        "Ukraine's General Staff published its report on Tuesday. It said 33 clashes were recorded. A Kyiv "
        "resident, Anna Bila, counted 4 fires. The report says 8 drones fell.",
        {"33": "Ukraine's General Staff", "4": "Anna Bila", "8": "Ukraine's General Staff"},
    ),
    # the ministry of a country named in the same sentence, and not the last ministry spoken of
    (
        "Russia's defence ministry said 5 sites were hit. Romania scrambled 2 jets, its defence ministry said.",
        {"5": "Russia's defence ministry", "2": "Romania's defence ministry"},
    ),
    # a sentence without a word of saying is the narrator's, even behind an attributed one
    ("Police said 5 people died. Another 12 were wounded.", {"5": "Police", "12": None}),
    # … but a coordinated clause is not
    ("Five people died, police said, while 12 were wounded.", {"Five": "police", "12": "police"}),
    # the outer speaker, not the one in his report
    ("The governor said police had told him 6 people died.", {"6": "governor"}),
    # a new speaker behind "and", "while", ";"
    (
        "The army spoke of 3 dead, and the camp committee of 30. Israel counted 230 rockets; Hezbollah named 2.",
        {"3": "army", "30": "camp committee", "230": "Israel", "2": "Hezbollah"},
    ),
    # a relative clause about the speaker is no claim of his
    ("The Monitor, which compared 90 videos, has identified 41 bodies.", {"90": None, "41": "Monitor"}),
    # "which", in a relative clause of its own
    (
        "Iran fired 280 missiles, 95 percent of which, the Israeli military said, were shot down.",
        {"280": None, "95": "Israeli military"},
    ),
    # the next speaker's participle
    ("It rejected the report of 40 dead, saying 3 had been hurt.", {"40": None, "3": None}),
    # an interview: nobody is named between the quotes
    (
        'Major Taras Holub, 41, leads a battalion.\n\nHow many?\n\n"We fly 60 sorties. About 20 fail."\n\nAnd your '
        'losses?\n\n"Since March 4 men died.\n\n"The others lost 35 in one night."',
        {"60": "Taras Holub", "20": "Taras Holub", "4": "Taras Holub", "35": "Taras Holub"},
    ),
    # capitals: a name is told by its office, and found again by its end
    (
        "DEFENSE MINISTER GENERAL EUGENIO VIDES CASANOVA HAS TOLD THE NEWS MEDIA 12 GUERRILLAS WERE KILLED IN "
        "EL SALVADOR. GEN VIDES CASANOVA ALSO TOLD THE MEDIA THE ARMY ENGAGED IN 10 CLASHES. THE POLICE REPORTED "
        "THAT NO ONE WAS HURT.",
        {"12": "EUGENIO VIDES CASANOVA", "10": "EUGENIO VIDES CASANOVA", "NO": "POLICE"},
    ),
    # no commas, no stops
    (
        "At least 45 people were killed Thursday a monitor said. The Syrian Observatory for Human Rights said 6 "
        "children died. It said 140 were hurt. The Britain-based group which watches Syria said 9 died.",
        dict.fromkeys(("45", "6", "140", "9"), "Syrian Observatory for Human Rights"),
    ),
]


@pytest.mark.parametrize(("text", "sources"), ARTICLES)
def test_sources(text: str, sources: dict[str, str | None]) -> None:
    assert {figure: attribution(text, figure).source for figure in sources} == sources


SIDES = [
    # a state that is no party to the war is a third party; one that is speaks for itself
    ("Russia shelled Ukraine. British officials said 40 tanks were lost.", "40", "third_party"),
    ("The Houthis fired at US ships off Yemen. The Pentagon said 4 drones fell.", "4", "US"),
    (
        "Armenia and Azerbaijan fought. Russia's defence ministry said 5 peacekeepers died.",
        "5",
        "third_party",
    ),
    # installed, appointed, run by
    ("The Moscow-installed governor of Kherson said 4 Ukrainians died.", "4", "Russia"),
    (
        "In Sanaa, the health ministry, run by the Houthis, said 5 people died in Israeli raids.",
        "5",
        "Houthis",
    ),
    # the place tells whose governor speaks
    ("Russia and Ukraine traded fire. The mayor of Kharkiv said 3 people died.", "3", "Ukraine"),
    ("Russia and Ukraine traded fire. The mayor of Belgorod said 3 people died.", "3", "Russia"),
    # in a war inside one country the state is a side
    ("The RSF shelled Khartoum. The federal health ministry reported 7 deaths.", "7", "SAF"),
    # those who speak for nobody, whosever they are
    ("Ukrainian doctors said 3 Russians died in Kharkiv.", "3", "third_party"),
    ("The Syrian Observatory for Human Rights said 3 Syrian soldiers died.", "3", "third_party"),
    ("Hamas denied it. Gaza's health ministry said 19 Palestinians were killed by Israel.", "19", "Hamas"),
    ("A Russian milblogger said 2 Ukrainian tanks burned.", "2", "Russia"),
]


@pytest.mark.parametrize(("text", "figure", "side"), SIDES)
def test_sides(text: str, figure: str, side: str) -> None:
    assert attribution(text, figure).source_side == side


def test_one_id_for_all_spellings() -> None:
    """A ministry, a body or a person has the same id in every article."""
    spellings = [
        ("Russia fought Ukraine. The Russian Defence Ministry said 3 died.", "russia-defence-ministry"),
        ("Ukraine fought Russia. Russia's ministry of defense said 3 died.", "russia-defence-ministry"),
        ("Russia fought Ukraine. President Volodymyr Zelensky said 3 died.", "volodymyr-zelensky"),
        ("Russia fought Ukraine. Zelenskiy said 3 died.", "volodymyr-zelensky"),
        ("OCHA said 3 died.", "ocha"),
        ("The UN Office for the Coordination of Humanitarian Affairs said 3 died.", "ocha"),
    ]
    assert [attribution(text, "3").source_id for text, _ in spellings] == [key for _, key in spellings]


def test_office_stands_beside_the_name() -> None:
    got = attribution("The governor of Odesa region, Andriy Kolesnyk, said 2 people died.", "2")
    assert (got.source, got.source_office) == ("Andriy Kolesnyk", "governor of Odesa region")


def test_sides_exchanged() -> None:
    """Exchanging the two sides exchanges the source and its side, and changes nothing else."""
    text = (
        "Russia's defence ministry said 5 Ukrainian drones fell. Kyiv denied that 3 tanks burned, and put Russian "
        "losses at 80."
    )
    pairs = [("Russia's", "Ukraine's"), ("Ukrainian", "Russian"), ("Kyiv", "Moscow")]
    for one, other in pairs:
        text = text.replace(one, "\0").replace(other, one).replace("\0", other)
    assert [attribution(text, figure).source_side for figure in ("5", "3", "80")] == [
        "Ukraine",
        "Russia",
        "Russia",
    ]
    assert [attribution(text, figure).status for figure in ("5", "3", "80")] == [
        "asserted",
        "denied",
        "asserted",
    ]


def test_evidence_names_the_words() -> None:
    got = attribution("Moscow denied that 3 tanks burned.", "3")
    assert any("'denied'" in reason for reason in got.evidence)
    assert any(reason.startswith("source:") for reason in got.evidence)


# — laws —


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            'said that "5" people , . ; : “ ” the The governor Kyiv according to by and while which Ivan Petrov denied put at it he'
            " its ministry 's reported ( ) — killed\n\n".split(" ")
        ),
        min_size=1,
        max_size=25,
    )
)
def test_nonsense_is_read_without_fault(parts: list[str]) -> None:
    """Any order of words gives an answer, and a source that stands in the text."""
    text = " ".join(parts) + " 77"
    got = attribution(text, "77")
    assert got.voice in ("quote", "reported", "narrator")
    if got.source is not None and "'s " not in got.source:
        assert got.source.replace(" ", "") in re.sub(r"\s", "", text)


def test_same_alone_and_again() -> None:
    """A document read twice, or built twice, says the same."""
    text = ARTICLES[0][0]
    assert attribution(text, "4") == attribution(text, "4")
    read, sentence, quantity = document(text, "4")
    assert read_attribution(quantity, None, sentence, read, CODEBOOK) == read_attribution(
        quantity, None, replace(sentence), read, CODEBOOK
    )


QUOTATIONS = [
    ('He said "five died" there.', ['"five died"']),
    ("“One. Two.” Three.", ["“One. Two.”"]),
    # a paragraph that does not close its quote, and the next that opens again
    ("“One.\n\n“Two.”", ["“One.", "“Two.”"]),
    # a mark that is never closed quotes nothing
    ('A 5" gun fired. The end.', []),
    ("the rebels' own", []),
    ("Headline: 'We lost 5 men'", ["'We lost 5 men'"]),
]


@pytest.mark.parametrize(("text", "quoted"), QUOTATIONS)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotations(text)] == quoted


def test_slug() -> None:
    assert slug("Ukraine’s Général Staff") == "ukraine-general-staff"


def test_words_keep_their_places() -> None:
    text = "Gen. Petrov, Russia's 47th, said U.N. aid--3 t--fell"
    for word in read_words(text, 0, len(text)):
        assert text[word.start : word.end] == word.text


def test_sides_of_sources_are_sides() -> None:
    """Every side in sources.toml is one that sides.toml knows, or a rule."""
    rules = {"state", "named", "body", "third_party"}
    unknown = {source.side for source in CODEBOOK.sources.values()} - rules - set(CODEBOOK.sides)
    assert not unknown


def test_no_source_has_anothers_name() -> None:
    names = [name for source in CODEBOOK.sources.values() for name in source.names]
    assert not {name for name in names if names.count(name) > 1}


NEW_FORMS = [
    # a list counts those it names; they do not speak
    ("Losses in February:\n\n- Turkish soldiers: 34\n- Civilians: 1,389, including 288 children", "34", None, None, "narrator", "asserted"),
    # the article's own "we"
    ("Correction: at 11:15 we wrote that ten Peshmerga were killed.", "ten", None, None, "narrator", "asserted"),
    # a name that holds a word for a text, and a place that holds a verb
    ("More than 3,000 militants have been killed in Somalia, according to the Information Ministry.", "3,000", "Information Ministry", "Somalia", "reported", "asserted"),
    # a live blog's entry
    ("15:12 Governor Aleksandr Bogomaz on Telegram: 14 houses burned in Bryansk.", "14", "Aleksandr Bogomaz", "Russia", "reported", "asserted"),
    # introduced by age and command
    ("Taras, 27, commands a crew of the 44th Artillery Brigade south of Orikhiv in Ukraine. He says 14 Russians died.", "14", "Taras", "Ukraine", "reported", "asserted"),
    # a body's person
    ("OCHA's Jens Laerke told reporters that 2 million people need aid.", "2", "Jens Laerke", "third_party", "reported", "asserted"),
    # nobody with a name is cited: the carrier speaks
    ("A strike killed 20 civilians, SANA news agency reported, citing a local source.", "20", "SANA", "Syria", "reported", "asserted"),
    # an apposition behind a noun that cannot speak
    ("Two aid workers were killed, according to their employer, the International Rescue Committee.", "Two", "International Rescue Committee", "third_party", "reported", "asserted"),
    # evidence is nobody
    ("Evidence suggests that 1,400 died.", "1,400", None, None, "narrator", "asserted"),
    # a dateline is no speaker
    ("KABUL: Insurgents killed 12 soldiers.", "12", None, None, "narrator", "asserted"),
    ("The toll stands at 9, revised from 14.", "14", None, None, "narrator", "superseded"),
    ("Germany pledged three launchers and delivered 4.", "4", "Germany", "third_party", "reported", "asserted"),
    ("There is no evidence that 20 soldiers died, the ministry said.", "20", "ministry", None, "reported", "denied"),
    ("Hezbollah's claim that five tanks were destroyed is false.", "five", None, None, "narrator", "denied"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "source", "side", "voice", "status"), NEW_FORMS)
def test_forms_of_other_newsrooms(
    text: str, figure: str, source: str | None, side: str | None, voice: str, status: str
) -> None:
    got = attribution(text, figure)
    assert (got.voice, got.status) == (voice, status), got.evidence
    if source is None:
        assert got.source is None
    else:
        assert source in (got.source or ""), got.evidence
    if side is not None:
        assert got.source_side == side, got.evidence


INTERVIEW = """An interview with Dr Getnet Alemu, director of a hospital in Gondar

Q: The group Habesha Rights Watch counts at least 26 dead in the strike.

A: Colleagues there told me of more than 30. We received 212 wounded.
"""
NEWS_HOUR = """ANCHOR: The defence ministry says Pakistan sent 300 drones.

BHATT: The spokesman gave a different account.

SOUNDBITE, LT GEN KAMRAN SIDDIQUI, DG ISPR: We have shot down five Indian jets.

ANCHOR: New Delhi admits 16 deaths.
"""
RECORDING = """SAN SALVADOR, 19 MAR 89 -- [NEWS CONFERENCE WITH COLONEL RENE PONCE BY UNIDENTIFIED REPORTERS] [TEXT]

[REPORTER] DID THE ARMY SUFFER CASUALTIES?

[PONCE] I CAN TELL YOU THAT NINE SOLDIERS WERE WOUNDED IN EL SALVADOR.
"""


@pytest.mark.parametrize(
    ("text", "figure", "source", "voice"),
    [
        # what he heard from others is in his mouth, too
        (INTERVIEW, "30", "Getnet Alemu", "quote"),
        (INTERVIEW, "212", "Getnet Alemu", "quote"),
        # the one who asks reports as the article does
        (INTERVIEW, "26", "Habesha Rights Watch", "reported"),
        (NEWS_HOUR, "five", "KAMRAN SIDDIQUI", "quote"),
        (NEWS_HOUR, "16", "New Delhi", "reported"),
        (RECORDING, "NINE", "PONCE", "quote"),
    ],
)
def test_turns_of_a_transcript(text: str, figure: str, source: str, voice: str) -> None:
    got = attribution(text, figure)
    assert source in (got.source or ""), got.evidence
    assert got.voice == voice


def test_bulletin_with_heads() -> None:
    """The source line speaks for all parts, and none of the heads does."""
    text = (
        "Three people were killed.\n\nSource: Serhii Dolhopol, Head of the Kharkiv Oblast Military Administration\n\n"
        "Details: 17 houses were damaged.\n\nPreviously: An earlier report spoke of two killed."
    )
    for figure in ("Three", "17", "two"):
        assert attribution(text, figure).source == "Serhii Dolhopol"
    assert attribution(text, "two").status == "superseded"
