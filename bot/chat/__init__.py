"""Discord: client, commands, cards, buttons, access, texts.

How to add a command
--------------------
1. A module in `bot/chat/commands/`: one cog (`commands.Cog` or `commands.GroupCog`) and
   `async def setup(bot)`. Modules are found by walking the package; there is no list to extend.
2. A command is three steps inside one scope:

       async with request(interaction, "message", {"redline": redline}) as asked:  # who asks
           answer = await asked.think(asked.adviser.topic, redline,                # what to answer
                                      language=asked.language, clearance=asked.clearance)
           await asked.answer(answer)                                              # show it

   `request` finds out language, offices and clearance, defers when work takes long, and answers
   errors. `asked.show(view, entries=…)` shows any other card. Both write the journal first.
3. A mistake of the user is `raise UserError("error.some-key", value=…)`, a missing right
   `raise Refusal(…)` (see `access.require_office`). Anything else that is raised is a fault: it is
   answered with a reference code and logged. Never answer an interaction directly.
4. Every word stands in `bot/chat/catalogues/en.yaml` and comes out through `t` (Markdown, values
   escaped), `plain` (labels of buttons and choices) or `localised` (names and descriptions of
   commands). A test fails for a key that is missing or that nothing uses.
   What people wrote comes out through `safe_line` within a line, `quote` where it has lines of its
   own, and `code_blocks` where it is to be copied. A new path that takes words is added to
   `tests/chat/test_hostile_text.py`.
5. A card is a `cards.layout.Card`: header, blocks (they flow over pages by themselves), items
   (text with a button), selects, rows of buttons, footer; `card.view(page)` lays it out. Pictures
   stand under the header: send `card.files()` along.
6. A button is a `CardButton(label, Ref(action, origin, language, page, entry))`, and what it does
   is a function registered with `@on_click("action")` (at most eight characters). Buttons outlive
   restarts, so a `Ref` holds names only; what else a click needs stands in the journal under
   `origin`, the interaction first answered (`ledger.asked(origin, user_id=…)`). To let **Back** and
   page buttons give an answer again, register `@replays("command")`.
7. A button on every answer (such as **Discuss**): `@cards.answer.extra_button`.
8. A form is a `forms.Form`; show it with `asked.show_form(form)` before anything else.
9. Autocomplete: `@cmd.autocomplete("option")` above `@completion.never_failing`.
"""

from __future__ import annotations
