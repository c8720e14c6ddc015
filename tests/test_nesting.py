"""Nested places: a sentence, one of its figures, and the place that is named for it: the innermost of its phrase."""

from __future__ import annotations

import pytest

import conflictstats as cs
from conflictstats.codebook import load_codebook
from conflictstats.places.links import links

LINKS = links(load_codebook())


@pytest.mark.parametrize(
    ("text", "figure", "place"),
    [
        ("An Israeli strike on a school in the Shujaiya neighbourhood of Gaza City killed at least 12 people on Monday.", "at least 12", "Shujaiya neighbourhood"),
        ("Seven people were killed when a tent camp in al-Mawasi, west of Khan Younis in southern Gaza, was bombed.", "Seven", "al-Mawasi"),
        ("Five paramedics were killed in the town of Nabatieh al-Fawqa in southern Lebanon, the Lebanese health ministry said.", "Five", "Nabatieh al-Fawqa"),
        ("Israeli forces killed three Palestinians in the Nur Shams refugee camp near Tulkarm in the occupied West Bank.", "three", "Nur Shams refugee camp"),
        ("Ten people were wounded in the northern Israeli border town of Kiryat Shmona, hit by Hezbollah rockets.", "Ten", "Kiryat Shmona"),
        ("At least 20 Palestinians were killed near the Kuwait roundabout south of Gaza City while waiting for aid.", "At least 20", "Kuwait roundabout"),
        ("Israeli jets killed 16 people in a house belonging to the Abu Amsha family in Beit Hanoun, in the north of the Gaza Strip.", "16", "Beit Hanoun"),
        ("RSF shelling of the Abu Shouk camp on the northern edge of El Fasher killed 31 people, the Sudanese army said.", "31", "Abu Shouk camp"),
        ("At least 100 people were killed in Wad al-Noura, a village in central Gezira state, after an RSF attack in Sudan.", "At least 100", "Wad al-Noura"),
        ("A drone hit a market in Kabkabiya, some 180 km west of El Fasher in North Darfur, killing 25 people, Sudanese activists said.", "25", "Kabkabiya"),
        ("In Sudan's besieged city of El Fasher, 14 civilians died in shelling of the Saudi Hospital.", "14", "Saudi Hospital"),
        ("The RSF killed 40 people in the Umbadda district of Omdurman, Khartoum's twin city.", "40", "Umbadda district"),
        ("Twelve people were killed in an air strike on the Souq al-Nau market in Omdurman, Sudanese medics said.", "Twelve", "Souq al-Nau market"),
        ("Myanmar military jets bombed Let Yet Kone village in Sagaing Region's Depayin Township, killing 11 children.", "11", "Let Yet Kone village"),
        ("The Arakan Army seized nine outposts in Kyauktaw township in western Myanmar's Rakhine State.", "nine", "Kyauktaw township"),
        ("Airstrikes killed 40 people in the fishing village of Kyauk Ni Maw on Ramree Island in Myanmar.", "40", "Kyauk Ni Maw"),
        ("Seventeen villagers were killed in Si Par, in the Budalin area of Myanmar's Sagaing region.", "Seventeen", "Si Par"),
        ("M23 rebels killed 17 civilians in the village of Kishishe in the Bambo groupement of Rutshuru territory, eastern DRC.", "17", "Kishishe"),
        ("ADF fighters killed 42 people in Masala, a locality in Beni territory in the Democratic Republic of Congo's North Kivu province.", "42", "Masala"),
        ("At least 35 people died when a bomb fell on the Mugunga displacement camp outside Goma, blamed on M23.", "At least 35", "Mugunga displacement camp"),
        ("Nineteen bodies were found in Sake, 25 kilometres west of the North Kivu capital Goma, after M23 had left.", "Nineteen", "Sake"),
        ("A Houthi missile killed eight people in the al-Rawdha district of Marib, Yemen.", "eight", "al-Rawdha district"),
        ("Coalition air strikes on the Yemeni port of Ras Isa killed 74 people.", "74", "Ras Isa"),
        ("US warplanes struck a detention centre for African migrants in Saada, in Yemen's Houthi-held north, killing 68 people.", "68", "Saada"),
        ("Yemeni government forces lost six soldiers in fighting around the Mas camp, north-west of Marib.", "six", "Mas camp"),
        ("Azerbaijani forces shelled the town of Martuni in Nagorno-Karabakh, killing four people, Armenia said.", "four", "Martuni"),
        ("Four Armenian soldiers were killed in the area of the village of Sotk in Gegharkunik province on the Azerbaijani border.", "Four", "Sotk"),
        ("At least 68 people died in an explosion at a fuel depot off the Stepanakert-Askeran highway in Nagorno-Karabakh.", "At least 68", "Stepanakert-Askeran highway"),
        ("Clashes between the ELN and FARC dissidents left 23 people dead in the hamlet of La Angostura, in the rural area of Tame municipality, Arauca, Colombia.", "23", "La Angostura"),
        ("At least six police officers were killed in an attack on a station in Morales, a town in the Colombian department of Cauca.", "At least six", "Morales"),
        ("In the municipality of Tibú, in Colombia's Catatumbo region, 16 people were killed by the ELN.", "16", "Tibú"),
        ("Jihadists killed about 50 people in the village of Ouro Guérou in the commune of Tera in western Niger.", "about 50", "Ouro Guérou"),
        ("JNIM fighters killed 15 soldiers at the Mansila base in Burkina Faso's northern Yagha province, near the border with Niger.", "15", "Mansila"),
        ("At least 21 civilians died in Dinguiri, a village in the Yatenga province of northern Burkina Faso.", "At least 21", "Dinguiri"),
        ("Two soldiers were killed in Diafarabé, in the Mopti region of central Mali.", "Two", "Diafarabé"),
        ("Boko Haram killed at least 12 people in the Nigerian town of Gwoza near the Cameroonian border.", "at least 12", "Gwoza"),
        ("Militants killed 26 tourists in the Baisaran meadow near Pahalgam in Indian-administered Kashmir.", "26", "Baisaran meadow"),
        ("Pakistani shelling killed 13 civilians in Poonch, along the Line of Control in Jammu and Kashmir, India said.", "13", "Poonch"),
        ("A suicide bomber killed 31 worshippers at the Khadija-tul-Kubra mosque in Islamabad, Pakistan.", "31", "Khadija-tul-Kubra mosque"),
        ("BLA militants killed 18 soldiers in the Mangochar area of Kalat district in Pakistan's Balochistan province.", "18", "Mangochar"),
        ("Al-Shabaab fighters killed 25 people at the Lido beach in the Somali capital Mogadishu.", "25", "Lido beach"),
        ("A drone strike killed 56 people in a camp for displaced people in Dedebit in Ethiopia's Tigray region.", "56", "Dedebit"),
        ("Insurgents beheaded 11 villagers in Chitunda, Muidumbe district, in Mozambique's Cabo Delgado province.", "11", "Chitunda"),
        ("Three people were killed in Kostiantynivka in Ukraine's eastern Donetsk region.", "Three", "Kostiantynivka"),
        ("A Russian glide bomb killed two women in the village of Rohan on the outskirts of Kharkiv.", "two", "Rohan"),
        ("Russian forces shelled the village of Bilozerka in the Kherson region, killing two civilians.", "two", "Bilozerka"),
        ("A drone killed one person in the Russian border village of Shebekino in the Belgorod region, Russia said.", "one", "Shebekino"),
        ("Seven people were injured in the Saltivskyi district of Ukraine's second city, Kharkiv.", "Seven", "Saltivskyi district"),
        ("Ukraine hit an oil depot in the Russian town of Feodosia in occupied Crimea, wounding four people.", "four", "Feodosia"),
        ("A car bomb killed 12 policemen in the Nahr-e Saraj district of Helmand province in southern Afghanistan.", "12", "Nahr-e Saraj"),
        ("Islamic State killed 24 people in the mainly Shiite Sadr City district of the Iraqi capital Baghdad.", "24", "Sadr City"),
        ("A bomb killed eight people in the Shiite-majority Karrada neighbourhood of central Baghdad, Iraqi police said.", "eight", "Karrada neighbourhood"),
        ("ISIS killed 11 oil workers near the Kharata field, in the countryside of Deir Ezzor in eastern Syria.", "11", "Kharata field"),
        ("Three Syrian soldiers were killed in Tal Rifaat, a Kurdish-held pocket north of Aleppo.", "Three", "Tal Rifaat"),
        ("Nusra fighters killed 20 villagers in Zara, south of the city of Hama, in central Syria.", "20", "Zara"),
        ("Regime barrel bombs killed 7 people in the Damascus suburb of Daraya in Syria.", "7", "Daraya"),
        ("Russian jets killed 12 people in the rebel bastion of Maarat al-Numan in northwestern Syria.", "12", "Maarat al-Numan"),
        ("A bomb in the city's central Marjeh square in Damascus killed 14 people, Syrian state TV said.", "14", "Marjeh square"),
        ("Israeli strikes on Rafah and Khan Younis killed 22 people.", "22", None),
        ("Air strikes on the towns of Binnish, Saraqeb and Ariha in Idlib province, Syria, killed 30 people.", "30", None),
        ("Israeli raids killed 15 people in Khiam, Bint Jbeil and Tyre in southern Lebanon.", "15", None),
        ("Ukraine has lost 31,000 soldiers since the invasion.", "31,000", None),
        ("The Sanaa-based Houthi health ministry said five people were killed in Hodeidah, Yemen.", "five", "Hodeidah"),
        ("Officials in Goma said 30 people were killed in Bweremana, in eastern DRC.", "30", "Bweremana"),
        ("Syrian activists based in Istanbul said six people were killed in Jisr al-Shughur.", "six", "Jisr al-Shughur"),
        ("The mayor of Kharkiv, Ihor Terekhov, said 12 people were wounded in the Kyivskyi district, Ukraine.", "12", "Kyivskyi district"),
        ("The Kunduz hospital bombing killed 42 people in Afghanistan in 2015.", "42", "Kunduz hospital"),
        ("A rocket slammed into a football pitch in Majdal Shams, a Druze town in the Israeli-annexed Golan Heights, killing 12 children.", "12", "Majdal Shams"),
        ("The attack on the Crocus City Hall near Moscow in Russia killed 145 people.", "145", "Crocus City Hall"),
    ],
)  # fmt: skip
def test_innermost(text: str, figure: str, place: str | None) -> None:
    claims = cs.load_text(text, published="2024-05-15").claims
    (row,) = [row for row in claims.itertuples() if row.text == figure]
    assert (row.place if row.place_basis in ("stated", "carried") else None) == place


@pytest.mark.parametrize(
    "link",
    [
        " in ", ", in northern ", " on the outskirts of ", ", 20 km west of ", ", a village in ", " near the border with ",
        ", some 180 km (110 miles) north-east of ", ", which lies in ", " in the besieged city of ", " in Mozambique's northern ", " area of ",
    ],
)  # fmt: skip
def test_the_first_lies_in_the_second(link: str) -> None:
    assert LINKS.lies_in(link)


@pytest.mark.parametrize(
    "link",
    [" and ", ", ", " by rebels in ", " and on Tuesday in ", ", killing three in ", " after a raid on ", " was hit from ", ". In "],
)  # fmt: skip
def test_two_places(link: str) -> None:
    assert not LINKS.lies_in(link)


@pytest.mark.parametrize("link", ["'s ", "’s besieged town of ", " suburb of ", " province's eastern "])
def test_the_second_is_a_part_of_the_first(link: str) -> None:
    assert LINKS.has_part(link)
