"""Words that hold sentences together and say nothing about their subject, by language."""

from __future__ import annotations

from bot.journal.terms import fold

_BY_LANGUAGE = {
    "en": (
        "about after again all also and any are because been before being but can could did "
        "does doing down each for from further get give had has have having her here him his "
        "how into its just let like make many may might more most much must need not now off "
        "once one only other our out over own please really same say says said shall she "
        "should some still such than that the their them then there these they thing things "
        "this those through too under until upon very want was were what when where whether "
        "which while who whom why will with would you your"
    ),
    "de": (
        "aber alle als also auch auf aus bei bin bis bitte damit dann das dass dein dem den "
        "denn der des die dies diese dieser doch durch ein eine einem einen einer eines etwas "
        "euch fur gegen gibt hat hatte ich ihm ihn ihr ihre ist jetzt kann kein keine man "
        "mehr mein mich mir mit muss nach nicht noch nur oder ohne sein sich sie sind soll "
        "sollte sollen uber und uns unser unter vom von vor war warum was wegen weil welche "
        "welcher wenn wer werden wie wieder will wird wir wurde zum zur zwischen"
    ),
    "fr": (
        "alors apres aussi autre avant avec avoir car ce cela ces cet cette chez comme "
        "comment dans depuis des dire dit doit donc dont elle elles encore entre est et etait "
        "ete etre faire fait font fut ici ils les leur leurs lui mais meme moins mon notre "
        "nous ont par parce pas peut plus pour pourquoi quand que quel quelle quelles quels "
        "qui quoi sans ses son sont sous sur tous tout toute tres une vers veut voir votre "
        "vous"
    ),
    "pl": (
        "ale albo bardzo bez byc byl byla bylo czy czemu dla dlaczego gdy gdzie ich ile inne "
        "jak jaka jakie jako jednak jego jej jest jesli juz kiedy kto ktora ktore ktory lub "
        "maja moga moze mozna nad nam nas nasz nie niz oraz pod poniewaz powinni przed przez "
        "przy sie tak takie tam tego tej ten teraz tez tutaj tych tylko tym wiec wszystko"
    ),
    "et": (
        "aga ehk ei enne ent ette et ikka iga ilma juba juures jah kaks kas kelle kes koik "
        "kogu kuhu kui kuidas kus ligi ma meie mida miks mille millal millest mis mitte muu "
        "nad need neid neile nii ning nuud oli oleks olema olla olnud oma on paljud pole "
        "pealt peab saab see seda selle selles siin siis sinu ta tagasi teie tema tuleb uks "
        "ule vaid veel voi"
    ),
    "lv": (
        "bet bija but cik es esam esat gan jau kad kadel kam kas kapec katrs kur kura kuri "
        "kurs ka lai manis mes musu nav neka nevar ne par pec pie pret san sis so taa tad "
        "tapec tas tie tik to tomer tur un vai var vel vien vina vini vins visi viss vajag"
    ),
    "lt": (
        "ant apie ar bei bet buti buvo del dar gali jau jei jie jis jos kad kada kai kaip kas "
        "kiek kodel koks kokia kur kuri kuris mes musu nei nera nes net noris nuo per pries "
        "prie reikia savo su tai taip tas tie tik turi uz visi yra"
    ),
    "ru": (
        "без более бы был была были было быть вам вас ведь весь вот все всего всех где даже "
        "для до его ее если есть еще же за здесь из или им их как какая какие какой ко когда "
        "кто куда ли либо мне может можно мы на над надо наш не него нее нет ни них но ну об "
        "однако он она они оно от очень по под почему при про сейчас со так также такой там "
        "те тем то того тоже той только том ты тут уже хотя чего чей чем что чтобы чье эта "
        "эти это этого этой этом этот"
    ),
    "uk": (
        "адже але або без більше був була були було бути вам вас весь вже він вони вона воно "
        "все всі де для до його її їх коли кого ким куди ли лише має може можна ми на над нам "
        "нас наш не нема ні об ось от про при са саме себе та так також такий там те тепер ти "
        "тільки тобто тоді тому тут у хто це цей ці цього цьому чи чим чого чому що щоб щодо "
        "як яка яке які який якщо"
    ),
}

EMPTY = frozenset(fold(word) for words in _BY_LANGUAGE.values() for word in words.split())
"""All of them, folded as the index folds words."""
