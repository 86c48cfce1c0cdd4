"""KB0xx: the file and its YAML."""

from __future__ import annotations

from bot.knowledge.codes.base import Code

TEXT = (
    Code(
        "KB000",
        "error",
        "The text is not readable as YAML",
        "Some characters have a meaning in YAML: a colon with a space behind it, brackets, "
        "quotation marks, @, %, &, *. A text that holds them belongs in double quotes.",
        "title: Host-nation consent: what it means",
        'title: "Host-nation consent: what it means"',
    ),
    Code(
        "KB001",
        "error",
        "The file is too large",
        "An entry is something that a person reads in one go. A file above 256 KiB is a mistake, "
        "or an attempt to make the bot run out of memory.",
        "one file of 300 KiB",
        "several entries, one a file",
        None,
    ),
    Code(
        "KB002",
        "error",
        "An anchor or a reference inside the file",
        "In YAML '&' names a part of a file and '*' repeats it. A few lines can grow into millions "
        "that way, and a reader no longer sees what an entry says. Text that begins with one of "
        "them needs quotes.",
        "instrument: &name The Charter of the United Nations",
        "instrument: The Charter of the United Nations",
    ),
    Code(
        "KB003",
        "error",
        "A type mark or a directive",
        "'!' and '%' at the beginning tell a YAML reader what to make of a text. Here every value "
        "is what its key says.",
        "instrument: !important The Charter",
        'instrument: "!important The Charter"',
    ),
    Code(
        "KB004",
        "error",
        "Nested too deep",
        "No entry needs more than 24 levels of lists in lists; such a file is broken.",
        "provisions: [[[[[[[[[[[[[[[[[[[[[[[[[Article 5]]]]]]]]]]]]]]]]]]]]]]]]]",
        "provisions: [Article 5]",
    ),
    Code(
        "KB005",
        "error",
        "A merge key",
        "'<<' copies keys from elsewhere, so that the entry no longer shows what it says.",
        "<<: {binding: legally-binding}",
        "binding: legally-binding",
    ),
    Code(
        "KB006",
        "error",
        "An empty file",
        "A file without content is an entry that got lost, or one that was never written.",
        "a file with nothing in it",
        "the entry, or no file",
        None,
    ),
    Code(
        "KB007",
        "error",
        "The file does not begin with a key",
        "An entry is a group of keys with values. A file that is one list or one text is not.",
        "- id: law-washington-treaty",
        "id: law-washington-treaty",
        None,
    ),
    Code(
        "KB008",
        "error",
        "Something else where a key belongs",
        "A text that begins with a bracket is taken for a group of keys. In double quotes it is "
        "text.",
        "? [Article 5]\n: the treaty",
        "instrument: the treaty",
    ),
    Code(
        "KB010",
        "error",
        "A key appears twice",
        "Other YAML readers keep the last one and say nothing, so half of the edit would be lost.",
        "applies: Directly.\napplies: Indirectly.",
        "applies: Directly.",
    ),
    Code(
        "KB011",
        "error",
        "yes, no, on or off without quotes",
        "Older YAML readers take these words for true or false, newer ones for text. In quotes "
        "they are text for all.",
        "respond: no",
        'respond: "no"',
        "narrative",
    ),
    Code(
        "KB012",
        "error",
        "A tab at the beginning of a line",
        "YAML knows levels by spaces. A tab looks like spaces and is not.",
        "provisions:\n\t- Article 5",
        "provisions:\n  - Article 5",
    ),
    Code(
        "KB013",
        "error",
        "Text lost after #",
        "A space and a # begin a comment, so what follows never arrives in the entry.",
        "instrument: Resolution #5",
        'instrument: "Resolution #5"',
    ),
    Code(
        "KB014",
        "error",
        "A character that nobody sees",
        "Zero-width characters and odd spaces come with text copied from web pages. They break "
        "search, and can hide what a sentence really says.",
        "instrument: The Wash\u200bington Treaty",
        "instrument: The Washington Treaty",
    ),
    Code(
        "KB015",
        "error",
        "Wrong encoding",
        "All files are UTF-8, so that Estonian, Russian and Polish letters can stand side by side.",
        "a file saved as Windows-1257 or UTF-16",
        "the same file saved as UTF-8",
        None,
    ),
    Code(
        "KB016",
        "error",
        "Two documents in one file",
        "'---' begins a new YAML document. One file holds one entry.",
        "applies: Directly.\n---\ntitle: Another law",
        "applies: Directly.",
    ),
    Code(
        "KB017",
        "error",
        "Too many files",
        "The knowledge directory is probably not the right one.",
        "more than 20,000 files",
        "the knowledge directory itself",
        None,
    ),
    Code(
        "KB018",
        "error",
        "A file or directory that cannot be read",
        "Links that lead out of the knowledge directory are not followed: what the bot says must "
        "lie in the knowledge base and nowhere else.",
        "a link to a file elsewhere",
        "a copy of that file",
        None,
    ),
    Code(
        "KB019",
        "warning",
        "Letters that were converted wrongly",
        "Text in UTF-8 that was once opened as something else shows pairs of odd letters.",
        "instrument: LatvijÃ£ and others",
        "instrument: Latvijã and others",
    ),
    Code(
        "KB020",
        "warning",
        "Typographic quotation marks around a value",
        "Only straight quotation marks quote in YAML. Typographic ones become part of the text.",
        "instrument: “The Washington Treaty”",
        'instrument: "The Washington Treaty"',
    ),
    Code(
        "KB021",
        "error",
        "A list of the knowledge base is missing",
        "Three files beside the folders say which words, DISARM identifiers and passages there "
        "are. Without them entries cannot be checked.",
        "knowledge/vocabulary.yaml is gone",
        "knowledge/vocabulary.yaml is there",
        None,
    ),
)
