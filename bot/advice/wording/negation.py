"""Words that turn a phrase into its rejection, or into somebody else's words."""

from __future__ import annotations

from bot.knowledge.search.normalise import fold

_BEFORE = {
    "en": "not no never nor neither cannot can't won't don't doesn't isn't aren't shouldn't "
    "mustn't without reject rejects rejected rejecting refuse refuses refused deny denies "
    "false falsely myth claim claims claimed claiming demand demands demanded "
    "demanding insists alleges wrong nobody none nothing instead ruled rule rules",
    "et": "ei mitte ega keegi ilma lükkame keeldume väidab väide väitis nõuab nõudis vale müüt",
    "lv": "ne nav nebūs nekad bez noraidām noraida atsakāmies apgalvo apgalvojums pieprasa mīts "
    "nevar nedrīkst neviens nav",
    "lt": "ne nėra nebus niekada be atmetame atmeta atsisakome teigia teiginys reikalauja mitas "
    "negali negalima niekas",
    "ru": "не нет ни никогда без нельзя отвергаем отвергает отказываемся утверждает утверждение "
    "требует требовал якобы миф ложь никто невозможно",
    "uk": "не ні немає ніколи без неможливо відкидаємо відкидає відмовляємося стверджує "
    "твердження вимагає вимагав нібито міф неправда ніхто",
    "pl": "nie bez nigdy ani odrzucamy odrzuca odmawiamy twierdzi twierdzenie żąda żądała rzekomo "
    "mit fałsz nikt",
    "de": "nicht kein keine keinen keiner keinem nie niemals ohne weder ablehnen lehnen "
    "zurückweisen weisen behauptet behauptung fordert forderte angeblich mythos falsch niemand",
    "fr": "ne n pas non jamais sans ni rejetons rejette refusons refuse prétend affirme exige "
    "exigeait mythe faux nul aucun aucune personne",
}
"""Before a phrase, or inside it: negations, rejections, and verbs that put it in other mouths."""

_AFTER = {
    "en": "no rejected refused wrong false unacceptable unthinkable never excluded impossible not",
    "et": "ei välistatud vastuvõetamatu vale",
    "lv": "nav nebūs noraidīts nepieņemami izslēgts",
    "lt": "nėra nebus atmesta nepriimtina atmestas",
    "ru": "не нет исключено неприемлемо недопустимо невозможно исключен исключён",
    "uk": "не немає виключено неприйнятно неприпустимо неможливо виключений",
    "pl": "wykluczone niedopuszczalne odrzucone nie",
    "de": "kein keine keinen ausgeschlossen inakzeptabel abgelehnt nicht undenkbar",
    "fr": "exclu inacceptable rejeté impensable pas",
}
"""After a phrase: what is said of it rejects it."""

BEFORE = {name: frozenset(map(fold, text.split())) for name, text in _BEFORE.items()}
AFTER = {name: frozenset(map(fold, text.split())) for name, text in _AFTER.items()}

REACH_BEFORE = 7
REACH_AFTER = 5
"""How many words away a negation still belongs to the phrase."""
