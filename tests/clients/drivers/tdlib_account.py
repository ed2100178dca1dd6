"""The account's folders, and who may see what of it."""

from __future__ import annotations

import time
from typing import Any

from tdlib_chats import styled
from tdlib_link import Json
from tdlib_reading import RULES, status
from tdlib_state import State

GUESSED_SECONDS = 30
PRIVACY = {
    "StatusTimestamp": "userPrivacySettingShowStatus",
    "ChatInvite": "userPrivacySettingAllowChatInvites",
}


class Account(State):
    """Commands about folders and privacy."""

    async def set_folder(self, id: int, title: str, peers: list[int]) -> int:
        """TDLib chooses the number itself."""
        name = {"@type": "chatFolderName", "text": styled(title)}
        folder = {"@type": "chatFolder", "name": name, "color_id": -1, "included_chat_ids": peers}
        return int((await self.ask("createChatFolder", folder=folder))["id"])

    async def drop_folder(self, id: int) -> None:
        await self.ask("deleteChatFolder", chat_folder_id=id)

    async def folders(self) -> list[dict[str, Any]]:
        found = []
        for id, title in self.folder_titles.items():
            one = await self.ask("getChatFolder", chat_folder_id=id)
            peers = one["pinned_chat_ids"] + one["included_chat_ids"]
            found.append({"id": id, "title": title, "peers": peers})
        return found

    async def privacy(self, key: str, allow: list[int] | None) -> list[str]:
        rules: list[Json] = [{"@type": "userPrivacySettingRuleAllowAll"}]
        if allow is not None:
            rules = [
                {"@type": "userPrivacySettingRuleAllowUsers", "user_ids": allow},
                {"@type": "userPrivacySettingRuleRestrictAll"},
            ]
        given = {"@type": "userPrivacySettingRules", "rules": rules}
        setting = {"@type": PRIVACY[key]}
        await self.ask("setUserPrivacySettingRules", setting=setting, rules=given)
        found = await self.ask("getUserPrivacySettingRules", setting=setting)
        named = [RULES[one["@type"]] for one in found["rules"]]
        # TDLib leaves out the last rule where it shuts out everybody else.
        return named if named[-1] == "allowAll" else [*named, "disallowAll"]

    async def status(self, user: int) -> str:
        """As the server tells it now: importing a contact makes TDLib ask.

        Of somebody who has just written TDLib supposes for 30 s that they are online; the server
        says so for 5 minutes. A supposition is ``guessed``.
        """
        found = await self.ask("getUser", user_id=user)
        one = {"@type": "importedContact", "phone_number": found["phone_number"]}
        one["first_name"], one["last_name"] = found["first_name"], found["last_name"]
        await self.ask("importContacts", contacts=[one])
        found = await self.ask("getUser", user_id=user)
        soon = time.time() + GUESSED_SECONDS
        guessed = found["status"].get("expires", soon + 1) <= soon
        return "guessed" if guessed else status(found)
