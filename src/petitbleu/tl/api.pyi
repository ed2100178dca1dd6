# Generated from schema/api.tl by `petitbleu dev schema merge`. Do not edit.
# mypy: disable-error-code="assignment"
import builtins
from collections.abc import Sequence
from typing import TypeAlias, dataclass_transform

from petitbleu.tl.objects import Classes as Classes
from petitbleu.tl.objects import Raw as Raw
from petitbleu.tl.objects import TLObject as TLObject

CLASSES: Classes

@dataclass_transform(kw_only_default=True)
class _Object(TLObject):
    pass


class AccessPointRule(_Object):
    phone_prefix_rules: builtins.str
    dc_id: builtins.int
    ips: Sequence[TypeIpPort]
class AccountDaysTTL(_Object):
    days: builtins.int
class AiComposeTone(_Object):
    creator: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int
    slug: builtins.str
    title: builtins.str
    emoji_id: builtins.int | None = None
    prompt: builtins.str | None = None
    installs_count: builtins.int | None = None
    author_id: builtins.int | None = None
    example_english: TypeAiComposeToneExample | None = None
class AiComposeToneDefault(_Object):
    tone: builtins.str
    emoji_id: builtins.int
    title: builtins.str
class AiComposeToneExample(_Object):
    from_: TypeTextWithEntities
    to: TypeTextWithEntities
class AppWebViewResultUrl(_Object):
    url: builtins.str
class AttachMenuBot(_Object):
    inactive: builtins.bool = False
    has_settings: builtins.bool = False
    request_write_access: builtins.bool = False
    show_in_attach_menu: builtins.bool = False
    show_in_side_menu: builtins.bool = False
    side_menu_disclaimer_needed: builtins.bool = False
    bot_id: builtins.int
    short_name: builtins.str
    peer_types: Sequence[TypeAttachMenuPeerType] | None = None
    icons: Sequence[TypeAttachMenuBotIcon]
class AttachMenuBotIcon(_Object):
    name: builtins.str
    icon: TypeDocument
    colors: Sequence[TypeAttachMenuBotIconColor] | None = None
class AttachMenuBotIconColor(_Object):
    name: builtins.str
    color: builtins.int
class AttachMenuBots(_Object):
    hash: builtins.int
    bots: Sequence[TypeAttachMenuBot]
    users: Sequence[TypeUser]
class AttachMenuBotsBot(_Object):
    bot: TypeAttachMenuBot
    users: Sequence[TypeUser]
class AttachMenuBotsNotModified(_Object): ...
class AttachMenuPeerTypeBotPM(_Object): ...
class AttachMenuPeerTypeBroadcast(_Object): ...
class AttachMenuPeerTypeChat(_Object): ...
class AttachMenuPeerTypePM(_Object): ...
class AttachMenuPeerTypeSameBotPM(_Object): ...
class AuctionBidLevel(_Object):
    pos: builtins.int
    amount: builtins.int
    date: builtins.int
class Authorization(_Object):
    current: builtins.bool = False
    official_app: builtins.bool = False
    password_pending: builtins.bool = False
    encrypted_requests_disabled: builtins.bool = False
    call_requests_disabled: builtins.bool = False
    unconfirmed: builtins.bool = False
    hash: builtins.int
    device_model: builtins.str
    platform: builtins.str
    system_version: builtins.str
    api_id: builtins.int
    app_name: builtins.str
    app_version: builtins.str
    date_created: builtins.int
    date_active: builtins.int
    ip: builtins.str
    country: builtins.str
    region: builtins.str
class AutoDownloadSettings(_Object):
    disabled: builtins.bool = False
    video_preload_large: builtins.bool = False
    audio_preload_next: builtins.bool = False
    phonecalls_less_data: builtins.bool = False
    stories_preload: builtins.bool = False
    photo_size_max: builtins.int
    video_size_max: builtins.int
    file_size_max: builtins.int
    video_upload_maxbitrate: builtins.int
    small_queue_active_operations_max: builtins.int
    large_queue_active_operations_max: builtins.int
class AutoSaveException(_Object):
    peer: TypePeer
    settings: TypeAutoSaveSettings
class AutoSaveSettings(_Object):
    photos: builtins.bool = False
    videos: builtins.bool = False
    video_max_size: builtins.int | None = None
class AvailableEffect(_Object):
    premium_required: builtins.bool = False
    id: builtins.int
    emoticon: builtins.str
    static_icon_id: builtins.int | None = None
    effect_sticker_id: builtins.int
    effect_animation_id: builtins.int | None = None
class AvailableReaction(_Object):
    inactive: builtins.bool = False
    premium: builtins.bool = False
    reaction: builtins.str
    title: builtins.str
    static_icon: TypeDocument
    appear_animation: TypeDocument
    select_animation: TypeDocument
    activate_animation: TypeDocument
    effect_animation: TypeDocument
    around_animation: TypeDocument | None = None
    center_icon: TypeDocument | None = None
class BankCardOpenUrl(_Object):
    url: builtins.str
    name: builtins.str
class BaseThemeArctic(_Object): ...
class BaseThemeClassic(_Object): ...
class BaseThemeDay(_Object): ...
class BaseThemeNight(_Object): ...
class BaseThemeTinted(_Object): ...
class Birthday(_Object):
    day: builtins.int
    month: builtins.int
    year: builtins.int | None = None
class Boost(_Object):
    gift: builtins.bool = False
    giveaway: builtins.bool = False
    unclaimed: builtins.bool = False
    id: builtins.str
    user_id: builtins.int | None = None
    giveaway_msg_id: builtins.int | None = None
    date: builtins.int
    expires: builtins.int
    used_gift_slug: builtins.str | None = None
    multiplier: builtins.int | None = None
    stars: builtins.int | None = None
class Booster(_Object):
    user_id: builtins.int
    expires: builtins.int
class BotApp(_Object):
    id: builtins.int
    access_hash: builtins.int
    short_name: builtins.str
    title: builtins.str
    description: builtins.str
    photo: TypePhoto
    document: TypeDocument | None = None
    hash: builtins.int
class BotAppNotModified(_Object): ...
class BotAppSettings(_Object):
    placeholder_path: builtins.bytes | None = None
    background_color: builtins.int | None = None
    background_dark_color: builtins.int | None = None
    header_color: builtins.int | None = None
    header_dark_color: builtins.int | None = None
class BotBusinessConnection(_Object):
    disabled: builtins.bool = False
    connection_id: builtins.str
    user_id: builtins.int
    dc_id: builtins.int
    date: builtins.int
    rights: TypeBusinessBotRights | None = None
class BotCommand(_Object):
    ephemeral: builtins.bool = False
    command: builtins.str
    description: builtins.str
class BotCommandScopeChatAdmins(_Object): ...
class BotCommandScopeChats(_Object): ...
class BotCommandScopeDefault(_Object): ...
class BotCommandScopePeer(_Object):
    peer: TypeInputPeer
class BotCommandScopePeerAdmins(_Object):
    peer: TypeInputPeer
class BotCommandScopePeerUser(_Object):
    peer: TypeInputPeer
    user_id: TypeInputUser
class BotCommandScopeUsers(_Object): ...
class BotInfo(_Object):
    has_preview_medias: builtins.bool = False
    user_id: builtins.int | None = None
    description: builtins.str | None = None
    description_photo: TypePhoto | None = None
    description_document: TypeDocument | None = None
    commands: Sequence[TypeBotCommand] | None = None
    menu_button: TypeBotMenuButton | None = None
    privacy_policy_url: builtins.str | None = None
    app_settings: TypeBotAppSettings | None = None
    verifier_settings: TypeBotVerifierSettings | None = None
class BotInlineMediaResult(_Object):
    id: builtins.str
    type: builtins.str
    photo: TypePhoto | None = None
    document: TypeDocument | None = None
    title: builtins.str | None = None
    description: builtins.str | None = None
    send_message: TypeBotInlineMessage
class BotInlineMessageMediaAuto(_Object):
    invert_media: builtins.bool = False
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
    reply_markup: TypeReplyMarkup | None = None
class BotInlineMessageMediaContact(_Object):
    phone_number: builtins.str
    first_name: builtins.str
    last_name: builtins.str
    vcard: builtins.str
    reply_markup: TypeReplyMarkup | None = None
class BotInlineMessageMediaGeo(_Object):
    geo: TypeGeoPoint
    heading: builtins.int | None = None
    period: builtins.int | None = None
    proximity_notification_radius: builtins.int | None = None
    reply_markup: TypeReplyMarkup | None = None
class BotInlineMessageMediaInvoice(_Object):
    shipping_address_requested: builtins.bool = False
    test: builtins.bool = False
    title: builtins.str
    description: builtins.str
    photo: TypeWebDocument | None = None
    currency: builtins.str
    total_amount: builtins.int
    reply_markup: TypeReplyMarkup | None = None
class BotInlineMessageMediaVenue(_Object):
    geo: TypeGeoPoint
    title: builtins.str
    address: builtins.str
    provider: builtins.str
    venue_id: builtins.str
    venue_type: builtins.str
    reply_markup: TypeReplyMarkup | None = None
class BotInlineMessageMediaWebPage(_Object):
    invert_media: builtins.bool = False
    force_large_media: builtins.bool = False
    force_small_media: builtins.bool = False
    manual: builtins.bool = False
    safe: builtins.bool = False
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
    url: builtins.str
    reply_markup: TypeReplyMarkup | None = None
class BotInlineMessageRichMessage(_Object):
    reply_markup: TypeReplyMarkup | None = None
    rich_message: TypeRichMessage
class BotInlineMessageText(_Object):
    no_webpage: builtins.bool = False
    invert_media: builtins.bool = False
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
    reply_markup: TypeReplyMarkup | None = None
class BotInlineResult(_Object):
    id: builtins.str
    type: builtins.str
    title: builtins.str | None = None
    description: builtins.str | None = None
    url: builtins.str | None = None
    thumb: TypeWebDocument | None = None
    content: TypeWebDocument | None = None
    send_message: TypeBotInlineMessage
class BotMenuButton(_Object):
    text: builtins.str
    url: builtins.str
class BotMenuButtonCommands(_Object): ...
class BotMenuButtonDefault(_Object): ...
class BotPreviewMedia(_Object):
    date: builtins.int
    media: TypeMessageMedia
class BotVerification(_Object):
    bot_id: builtins.int
    icon: builtins.int
    description: builtins.str
class BotVerifierSettings(_Object):
    can_modify_custom_description: builtins.bool = False
    icon: builtins.int
    company: builtins.str
    custom_description: builtins.str | None = None
class BroadcastRevenueBalances(_Object):
    withdrawal_enabled: builtins.bool = False
    current_balance: builtins.int
    available_balance: builtins.int
    overall_revenue: builtins.int
class BroadcastRevenueTransactionProceeds(_Object):
    amount: builtins.int
    from_date: builtins.int
    to_date: builtins.int
class BroadcastRevenueTransactionRefund(_Object):
    amount: builtins.int
    date: builtins.int
    provider: builtins.str
class BroadcastRevenueTransactionWithdrawal(_Object):
    pending: builtins.bool = False
    failed: builtins.bool = False
    amount: builtins.int
    date: builtins.int
    provider: builtins.str
    transaction_date: builtins.int | None = None
    transaction_url: builtins.str | None = None
class BusinessAwayMessage(_Object):
    offline_only: builtins.bool = False
    shortcut_id: builtins.int
    schedule: TypeBusinessAwayMessageSchedule
    recipients: TypeBusinessRecipients
class BusinessAwayMessageScheduleAlways(_Object): ...
class BusinessAwayMessageScheduleCustom(_Object):
    start_date: builtins.int
    end_date: builtins.int
class BusinessAwayMessageScheduleOutsideWorkHours(_Object): ...
class BusinessBotRecipients(_Object):
    existing_chats: builtins.bool = False
    new_chats: builtins.bool = False
    contacts: builtins.bool = False
    non_contacts: builtins.bool = False
    exclude_selected: builtins.bool = False
    users: Sequence[builtins.int] | None = None
    exclude_users: Sequence[builtins.int] | None = None
class BusinessBotRights(_Object):
    reply: builtins.bool = False
    read_messages: builtins.bool = False
    delete_sent_messages: builtins.bool = False
    delete_received_messages: builtins.bool = False
    edit_name: builtins.bool = False
    edit_bio: builtins.bool = False
    edit_profile_photo: builtins.bool = False
    edit_username: builtins.bool = False
    view_gifts: builtins.bool = False
    sell_gifts: builtins.bool = False
    change_gift_settings: builtins.bool = False
    transfer_and_upgrade_gifts: builtins.bool = False
    transfer_stars: builtins.bool = False
    manage_stories: builtins.bool = False
class BusinessChatLink(_Object):
    link: builtins.str
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
    title: builtins.str | None = None
    views: builtins.int
class BusinessGreetingMessage(_Object):
    shortcut_id: builtins.int
    recipients: TypeBusinessRecipients
    no_activity_days: builtins.int
class BusinessIntro(_Object):
    title: builtins.str
    description: builtins.str
    sticker: TypeDocument | None = None
class BusinessLocation(_Object):
    geo_point: TypeGeoPoint | None = None
    address: builtins.str
class BusinessRecipients(_Object):
    existing_chats: builtins.bool = False
    new_chats: builtins.bool = False
    contacts: builtins.bool = False
    non_contacts: builtins.bool = False
    exclude_selected: builtins.bool = False
    users: Sequence[builtins.int] | None = None
class BusinessWeeklyOpen(_Object):
    start_minute: builtins.int
    end_minute: builtins.int
class BusinessWorkHours(_Object):
    open_now: builtins.bool = False
    timezone_id: builtins.str
    weekly_open: Sequence[TypeBusinessWeeklyOpen]
class ButtonTypeDefault(_Object): ...
class ButtonTypeRequestGeoLocation(_Object): ...
class ButtonTypeRequestPeer(_Object):
    button_id: builtins.int
    peer_type: TypeRequestPeerType
    max_quantity: builtins.int
class ButtonTypeRequestPhone(_Object): ...
class ButtonTypeRequestPoll(_Object):
    quiz: builtins.bool | None = None
class ButtonTypeSimpleWebView(_Object):
    url: builtins.str
class CdnConfig(_Object):
    public_keys: Sequence[TypeCdnPublicKey]
class CdnPublicKey(_Object):
    dc_id: builtins.int
    public_key: builtins.str
class Channel(_Object):
    creator: builtins.bool = False
    left: builtins.bool = False
    broadcast: builtins.bool = False
    verified: builtins.bool = False
    megagroup: builtins.bool = False
    restricted: builtins.bool = False
    signatures: builtins.bool = False
    min: builtins.bool = False
    scam: builtins.bool = False
    has_link: builtins.bool = False
    has_geo: builtins.bool = False
    slowmode_enabled: builtins.bool = False
    call_active: builtins.bool = False
    call_not_empty: builtins.bool = False
    fake: builtins.bool = False
    gigagroup: builtins.bool = False
    noforwards: builtins.bool = False
    join_to_send: builtins.bool = False
    join_request: builtins.bool = False
    forum: builtins.bool = False
    stories_hidden: builtins.bool = False
    stories_hidden_min: builtins.bool = False
    stories_unavailable: builtins.bool = False
    signature_profiles: builtins.bool = False
    autotranslation: builtins.bool = False
    broadcast_messages_allowed: builtins.bool = False
    monoforum: builtins.bool = False
    forum_tabs: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int | None = None
    title: builtins.str
    username: builtins.str | None = None
    photo: TypeChatPhoto
    date: builtins.int
    restriction_reason: Sequence[TypeRestrictionReason] | None = None
    admin_rights: TypeChatAdminRights | None = None
    banned_rights: TypeChatBannedRights | None = None
    default_banned_rights: TypeChatBannedRights | None = None
    participants_count: builtins.int | None = None
    usernames: Sequence[TypeUsername] | None = None
    stories_max_id: TypeRecentStory | None = None
    color: TypePeerColor | None = None
    profile_color: TypePeerColor | None = None
    emoji_status: TypeEmojiStatus | None = None
    level: builtins.int | None = None
    subscription_until_date: builtins.int | None = None
    bot_verification_icon: builtins.int | None = None
    send_paid_messages_stars: builtins.int | None = None
    linked_monoforum_id: builtins.int | None = None
    linked_community_id: builtins.int | None = None
class ChannelAdminLogEvent(_Object):
    id: builtins.int
    date: builtins.int
    user_id: builtins.int
    action: TypeChannelAdminLogEventAction
class ChannelAdminLogEventActionChangeAbout(_Object):
    prev_value: builtins.str
    new_value: builtins.str
class ChannelAdminLogEventActionChangeAvailableReactions(_Object):
    prev_value: TypeChatReactions
    new_value: TypeChatReactions
class ChannelAdminLogEventActionChangeBackgroundEmoji(_Object):
    prev_value: builtins.int
    new_value: builtins.int
class ChannelAdminLogEventActionChangeColor(_Object):
    prev_value: builtins.int
    new_value: builtins.int
class ChannelAdminLogEventActionChangeEmojiStatus(_Object):
    prev_value: TypeEmojiStatus
    new_value: TypeEmojiStatus
class ChannelAdminLogEventActionChangeEmojiStickerSet(_Object):
    prev_stickerset: TypeInputStickerSet
    new_stickerset: TypeInputStickerSet
class ChannelAdminLogEventActionChangeHistoryTTL(_Object):
    prev_value: builtins.int
    new_value: builtins.int
class ChannelAdminLogEventActionChangeLinkedChat(_Object):
    prev_value: builtins.int
    new_value: builtins.int
class ChannelAdminLogEventActionChangeLocation(_Object):
    prev_value: TypeChannelLocation
    new_value: TypeChannelLocation
class ChannelAdminLogEventActionChangePeerColor(_Object):
    prev_value: TypePeerColor
    new_value: TypePeerColor
class ChannelAdminLogEventActionChangePhoto(_Object):
    prev_photo: TypePhoto
    new_photo: TypePhoto
class ChannelAdminLogEventActionChangeProfilePeerColor(_Object):
    prev_value: TypePeerColor
    new_value: TypePeerColor
class ChannelAdminLogEventActionChangeStickerSet(_Object):
    prev_stickerset: TypeInputStickerSet
    new_stickerset: TypeInputStickerSet
class ChannelAdminLogEventActionChangeTitle(_Object):
    prev_value: builtins.str
    new_value: builtins.str
class ChannelAdminLogEventActionChangeUsername(_Object):
    prev_value: builtins.str
    new_value: builtins.str
class ChannelAdminLogEventActionChangeUsernames(_Object):
    prev_value: Sequence[builtins.str]
    new_value: Sequence[builtins.str]
class ChannelAdminLogEventActionChangeWallpaper(_Object):
    prev_value: TypeWallPaper
    new_value: TypeWallPaper
class ChannelAdminLogEventActionCreateTopic(_Object):
    topic: TypeForumTopic
class ChannelAdminLogEventActionDefaultBannedRights(_Object):
    prev_banned_rights: TypeChatBannedRights
    new_banned_rights: TypeChatBannedRights
class ChannelAdminLogEventActionDeleteMessage(_Object):
    message: TypeMessage
class ChannelAdminLogEventActionDeleteTopic(_Object):
    topic: TypeForumTopic
class ChannelAdminLogEventActionDiscardGroupCall(_Object):
    call: TypeInputGroupCall
class ChannelAdminLogEventActionEditMessage(_Object):
    prev_message: TypeMessage
    new_message: TypeMessage
class ChannelAdminLogEventActionEditTopic(_Object):
    prev_topic: TypeForumTopic
    new_topic: TypeForumTopic
class ChannelAdminLogEventActionExportedInviteDelete(_Object):
    invite: TypeExportedChatInvite
class ChannelAdminLogEventActionExportedInviteEdit(_Object):
    prev_invite: TypeExportedChatInvite
    new_invite: TypeExportedChatInvite
class ChannelAdminLogEventActionExportedInviteRevoke(_Object):
    invite: TypeExportedChatInvite
class ChannelAdminLogEventActionParticipantEditRank(_Object):
    user_id: builtins.int
    prev_rank: builtins.str
    new_rank: builtins.str
class ChannelAdminLogEventActionParticipantInvite(_Object):
    participant: TypeChannelParticipant
class ChannelAdminLogEventActionParticipantJoin(_Object): ...
class ChannelAdminLogEventActionParticipantJoinByInvite(_Object):
    via_chatlist: builtins.bool = False
    invite: TypeExportedChatInvite
class ChannelAdminLogEventActionParticipantJoinByRequest(_Object):
    invite: TypeExportedChatInvite
    approved_by: builtins.int
class ChannelAdminLogEventActionParticipantLeave(_Object): ...
class ChannelAdminLogEventActionParticipantMute(_Object):
    participant: TypeGroupCallParticipant
class ChannelAdminLogEventActionParticipantSubExtend(_Object):
    prev_participant: TypeChannelParticipant
    new_participant: TypeChannelParticipant
class ChannelAdminLogEventActionParticipantToggleAdmin(_Object):
    prev_participant: TypeChannelParticipant
    new_participant: TypeChannelParticipant
class ChannelAdminLogEventActionParticipantToggleBan(_Object):
    prev_participant: TypeChannelParticipant
    new_participant: TypeChannelParticipant
class ChannelAdminLogEventActionParticipantUnmute(_Object):
    participant: TypeGroupCallParticipant
class ChannelAdminLogEventActionParticipantVolume(_Object):
    participant: TypeGroupCallParticipant
class ChannelAdminLogEventActionPinTopic(_Object):
    prev_topic: TypeForumTopic | None = None
    new_topic: TypeForumTopic | None = None
class ChannelAdminLogEventActionSendMessage(_Object):
    message: TypeMessage
class ChannelAdminLogEventActionStartGroupCall(_Object):
    call: TypeInputGroupCall
class ChannelAdminLogEventActionStopPoll(_Object):
    message: TypeMessage
class ChannelAdminLogEventActionToggleAntiSpam(_Object):
    new_value: builtins.bool
class ChannelAdminLogEventActionToggleAutotranslation(_Object):
    new_value: builtins.bool
class ChannelAdminLogEventActionToggleForum(_Object):
    new_value: builtins.bool
class ChannelAdminLogEventActionToggleGroupCallSetting(_Object):
    join_muted: builtins.bool
class ChannelAdminLogEventActionToggleInvites(_Object):
    new_value: builtins.bool
class ChannelAdminLogEventActionToggleNoForwards(_Object):
    new_value: builtins.bool
class ChannelAdminLogEventActionTogglePreHistoryHidden(_Object):
    new_value: builtins.bool
class ChannelAdminLogEventActionToggleSignatureProfiles(_Object):
    new_value: builtins.bool
class ChannelAdminLogEventActionToggleSignatures(_Object):
    new_value: builtins.bool
class ChannelAdminLogEventActionToggleSlowMode(_Object):
    prev_value: builtins.int
    new_value: builtins.int
class ChannelAdminLogEventActionUpdatePinned(_Object):
    message: TypeMessage
class ChannelAdminLogEventsFilter(_Object):
    join: builtins.bool = False
    leave: builtins.bool = False
    invite: builtins.bool = False
    ban: builtins.bool = False
    unban: builtins.bool = False
    kick: builtins.bool = False
    unkick: builtins.bool = False
    promote: builtins.bool = False
    demote: builtins.bool = False
    info: builtins.bool = False
    settings: builtins.bool = False
    pinned: builtins.bool = False
    edit: builtins.bool = False
    delete: builtins.bool = False
    group_call: builtins.bool = False
    invites: builtins.bool = False
    send: builtins.bool = False
    forums: builtins.bool = False
    sub_extend: builtins.bool = False
    edit_rank: builtins.bool = False
class ChannelForbidden(_Object):
    broadcast: builtins.bool = False
    megagroup: builtins.bool = False
    monoforum: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int
    title: builtins.str
    until_date: builtins.int | None = None
class ChannelFull(_Object):
    can_view_participants: builtins.bool = False
    can_set_username: builtins.bool = False
    can_set_stickers: builtins.bool = False
    hidden_prehistory: builtins.bool = False
    can_set_location: builtins.bool = False
    has_scheduled: builtins.bool = False
    can_view_stats: builtins.bool = False
    blocked: builtins.bool = False
    can_delete_channel: builtins.bool = False
    antispam: builtins.bool = False
    participants_hidden: builtins.bool = False
    translations_disabled: builtins.bool = False
    stories_pinned_available: builtins.bool = False
    view_forum_as_messages: builtins.bool = False
    restricted_sponsored: builtins.bool = False
    can_view_revenue: builtins.bool = False
    paid_media_allowed: builtins.bool = False
    can_view_stars_revenue: builtins.bool = False
    paid_reactions_available: builtins.bool = False
    stargifts_available: builtins.bool = False
    paid_messages_available: builtins.bool = False
    has_welcome_messages: builtins.bool = False
    id: builtins.int
    about: builtins.str
    participants_count: builtins.int | None = None
    admins_count: builtins.int | None = None
    kicked_count: builtins.int | None = None
    banned_count: builtins.int | None = None
    online_count: builtins.int | None = None
    read_inbox_max_id: builtins.int
    read_outbox_max_id: builtins.int
    unread_count: builtins.int
    chat_photo: TypePhoto
    notify_settings: TypePeerNotifySettings
    exported_invite: TypeExportedChatInvite | None = None
    bot_info: Sequence[TypeBotInfo]
    migrated_from_chat_id: builtins.int | None = None
    migrated_from_max_id: builtins.int | None = None
    pinned_msg_id: builtins.int | None = None
    stickerset: TypeStickerSet | None = None
    available_min_id: builtins.int | None = None
    folder_id: builtins.int | None = None
    linked_chat_id: builtins.int | None = None
    location: TypeChannelLocation | None = None
    slowmode_seconds: builtins.int | None = None
    slowmode_next_send_date: builtins.int | None = None
    stats_dc: builtins.int | None = None
    pts: builtins.int
    call: TypeInputGroupCall | None = None
    ttl_period: builtins.int | None = None
    pending_suggestions: Sequence[builtins.str] | None = None
    groupcall_default_join_as: TypePeer | None = None
    theme_emoticon: builtins.str | None = None
    requests_pending: builtins.int | None = None
    recent_requesters: Sequence[builtins.int] | None = None
    default_send_as: TypePeer | None = None
    available_reactions: TypeChatReactions | None = None
    reactions_limit: builtins.int | None = None
    stories: TypePeerStories | None = None
    wallpaper: TypeWallPaper | None = None
    boosts_applied: builtins.int | None = None
    boosts_unrestrict: builtins.int | None = None
    emojiset: TypeStickerSet | None = None
    bot_verification: TypeBotVerification | None = None
    stargifts_count: builtins.int | None = None
    send_paid_messages_stars: builtins.int | None = None
    main_tab: TypeProfileTab | None = None
    guard_bot_id: builtins.int | None = None
class ChannelLocation(_Object):
    geo_point: TypeGeoPoint
    address: builtins.str
class ChannelLocationEmpty(_Object): ...
class ChannelMessagesFilter(_Object):
    exclude_new_messages: builtins.bool = False
    ranges: Sequence[TypeMessageRange]
class ChannelMessagesFilterEmpty(_Object): ...
class ChannelParticipant(_Object):
    user_id: builtins.int
    date: builtins.int
    subscription_until_date: builtins.int | None = None
    rank: builtins.str | None = None
class ChannelParticipantAdmin(_Object):
    can_edit: builtins.bool = False
    self: builtins.bool = False
    user_id: builtins.int
    inviter_id: builtins.int | None = None
    promoted_by: builtins.int
    date: builtins.int
    admin_rights: TypeChatAdminRights
    rank: builtins.str | None = None
class ChannelParticipantBanned(_Object):
    left: builtins.bool = False
    peer: TypePeer
    kicked_by: builtins.int
    date: builtins.int
    banned_rights: TypeChatBannedRights
    rank: builtins.str | None = None
class ChannelParticipantCreator(_Object):
    user_id: builtins.int
    admin_rights: TypeChatAdminRights
    rank: builtins.str | None = None
class ChannelParticipantLeft(_Object):
    peer: TypePeer
class ChannelParticipantSelf(_Object):
    via_request: builtins.bool = False
    user_id: builtins.int
    inviter_id: builtins.int
    date: builtins.int
    subscription_until_date: builtins.int | None = None
    rank: builtins.str | None = None
class ChannelParticipantsAdmins(_Object): ...
class ChannelParticipantsBanned(_Object):
    q: builtins.str
class ChannelParticipantsBots(_Object): ...
class ChannelParticipantsContacts(_Object):
    q: builtins.str
class ChannelParticipantsKicked(_Object):
    q: builtins.str
class ChannelParticipantsMentions(_Object):
    q: builtins.str | None = None
    top_msg_id: builtins.int | None = None
class ChannelParticipantsRecent(_Object): ...
class ChannelParticipantsSearch(_Object):
    q: builtins.str
class Chat(_Object):
    creator: builtins.bool = False
    left: builtins.bool = False
    deactivated: builtins.bool = False
    call_active: builtins.bool = False
    call_not_empty: builtins.bool = False
    noforwards: builtins.bool = False
    id: builtins.int
    title: builtins.str
    photo: TypeChatPhoto
    participants_count: builtins.int
    date: builtins.int
    version: builtins.int
    migrated_to: TypeInputChannel | None = None
    admin_rights: TypeChatAdminRights | None = None
    default_banned_rights: TypeChatBannedRights | None = None
class ChatAdminRights(_Object):
    change_info: builtins.bool = False
    post_messages: builtins.bool = False
    edit_messages: builtins.bool = False
    delete_messages: builtins.bool = False
    ban_users: builtins.bool = False
    invite_users: builtins.bool = False
    pin_messages: builtins.bool = False
    add_admins: builtins.bool = False
    anonymous: builtins.bool = False
    manage_call: builtins.bool = False
    other: builtins.bool = False
    manage_topics: builtins.bool = False
    post_stories: builtins.bool = False
    edit_stories: builtins.bool = False
    delete_stories: builtins.bool = False
    manage_direct_messages: builtins.bool = False
    manage_ranks: builtins.bool = False
    manage_linked_peers: builtins.bool = False
    manage_welcome_messages: builtins.bool = False
class ChatAdminWithInvites(_Object):
    admin_id: builtins.int
    invites_count: builtins.int
    revoked_invites_count: builtins.int
class ChatBannedRights(_Object):
    view_messages: builtins.bool = False
    send_messages: builtins.bool = False
    send_media: builtins.bool = False
    send_stickers: builtins.bool = False
    send_gifs: builtins.bool = False
    send_games: builtins.bool = False
    send_inline: builtins.bool = False
    embed_links: builtins.bool = False
    send_polls: builtins.bool = False
    change_info: builtins.bool = False
    invite_users: builtins.bool = False
    pin_messages: builtins.bool = False
    manage_topics: builtins.bool = False
    send_photos: builtins.bool = False
    send_videos: builtins.bool = False
    send_roundvideos: builtins.bool = False
    send_audios: builtins.bool = False
    send_voices: builtins.bool = False
    send_docs: builtins.bool = False
    send_plain: builtins.bool = False
    edit_rank: builtins.bool = False
    send_reactions: builtins.bool = False
    manage_linked_peers: builtins.bool = False
    until_date: builtins.int
class ChatEmpty(_Object):
    id: builtins.int
class ChatForbidden(_Object):
    id: builtins.int
    title: builtins.str
class ChatFull(_Object):
    can_set_username: builtins.bool = False
    has_scheduled: builtins.bool = False
    translations_disabled: builtins.bool = False
    has_welcome_messages: builtins.bool = False
    id: builtins.int
    about: builtins.str
    participants: TypeChatParticipants
    chat_photo: TypePhoto | None = None
    notify_settings: TypePeerNotifySettings
    exported_invite: TypeExportedChatInvite | None = None
    bot_info: Sequence[TypeBotInfo] | None = None
    pinned_msg_id: builtins.int | None = None
    folder_id: builtins.int | None = None
    call: TypeInputGroupCall | None = None
    ttl_period: builtins.int | None = None
    groupcall_default_join_as: TypePeer | None = None
    theme_emoticon: builtins.str | None = None
    requests_pending: builtins.int | None = None
    recent_requesters: Sequence[builtins.int] | None = None
    available_reactions: TypeChatReactions | None = None
    reactions_limit: builtins.int | None = None
class ChatInvite(_Object):
    channel: builtins.bool = False
    broadcast: builtins.bool = False
    public: builtins.bool = False
    megagroup: builtins.bool = False
    request_needed: builtins.bool = False
    verified: builtins.bool = False
    scam: builtins.bool = False
    fake: builtins.bool = False
    can_refulfill_subscription: builtins.bool = False
    title: builtins.str
    about: builtins.str | None = None
    photo: TypePhoto
    participants_count: builtins.int
    participants: Sequence[TypeUser] | None = None
    color: builtins.int
    subscription_pricing: TypeStarsSubscriptionPricing | None = None
    subscription_form_id: builtins.int | None = None
    bot_verification: TypeBotVerification | None = None
class ChatInviteAlready(_Object):
    chat: TypeChat
class ChatInviteExported(_Object):
    revoked: builtins.bool = False
    permanent: builtins.bool = False
    request_needed: builtins.bool = False
    link: builtins.str
    admin_id: builtins.int
    date: builtins.int
    start_date: builtins.int | None = None
    expire_date: builtins.int | None = None
    usage_limit: builtins.int | None = None
    usage: builtins.int | None = None
    requested: builtins.int | None = None
    subscription_expired: builtins.int | None = None
    title: builtins.str | None = None
    subscription_pricing: TypeStarsSubscriptionPricing | None = None
class ChatInviteImporter(_Object):
    requested: builtins.bool = False
    via_chatlist: builtins.bool = False
    user_id: builtins.int
    date: builtins.int
    about: builtins.str | None = None
    approved_by: builtins.int | None = None
class ChatInvitePeek(_Object):
    chat: TypeChat
    expires: builtins.int
class ChatInvitePublicJoinRequests(_Object): ...
class ChatOnlines(_Object):
    onlines: builtins.int
class ChatParticipant(_Object):
    user_id: builtins.int
    inviter_id: builtins.int
    date: builtins.int
    rank: builtins.str | None = None
class ChatParticipantAdmin(_Object):
    user_id: builtins.int
    inviter_id: builtins.int
    date: builtins.int
    rank: builtins.str | None = None
class ChatParticipantCreator(_Object):
    user_id: builtins.int
    rank: builtins.str | None = None
class ChatParticipants(_Object):
    chat_id: builtins.int
    participants: Sequence[TypeChatParticipant]
    version: builtins.int
class ChatParticipantsForbidden(_Object):
    chat_id: builtins.int
    self_participant: TypeChatParticipant | None = None
class ChatPhoto(_Object):
    has_video: builtins.bool = False
    photo_id: builtins.int
    stripped_thumb: builtins.bytes | None = None
    dc_id: builtins.int
class ChatPhotoEmpty(_Object): ...
class ChatReactionsAll(_Object):
    allow_custom: builtins.bool = False
class ChatReactionsNone(_Object): ...
class ChatReactionsSome(_Object):
    reactions: Sequence[TypeReaction]
class ChatTheme(_Object):
    emoticon: builtins.str
class ChatThemeUniqueGift(_Object):
    gift: TypeStarGift
    theme_settings: Sequence[TypeThemeSettings]
class CodeSettings(_Object):
    allow_flashcall: builtins.bool = False
    current_number: builtins.bool = False
    allow_app_hash: builtins.bool = False
    allow_missed_call: builtins.bool = False
    allow_firebase: builtins.bool = False
    unknown_number: builtins.bool = False
    logout_tokens: Sequence[builtins.bytes] | None = None
    token: builtins.str | None = None
    app_sandbox: builtins.bool | None = None
class Community(_Object):
    creator: builtins.bool = False
    left: builtins.bool = False
    min: builtins.bool = False
    collapsed_in_dialogs: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int | None = None
    title: builtins.str
    photo: TypeChatPhoto
    date: builtins.int
    admin_rights: TypeChatAdminRights | None = None
    default_banned_rights: TypeChatBannedRights | None = None
class CommunityForbidden(_Object):
    id: builtins.int
    access_hash: builtins.int | None = None
    title: builtins.str
class CommunityFull(_Object):
    id: builtins.int
    about: builtins.str
    chat_photo: TypePhoto
    linked_peers: Sequence[TypeCommunityPeer]
    admins_count: builtins.int | None = None
    kicked_count: builtins.int | None = None
    peer_link_requests_pending: builtins.int | None = None
class CommunityPeer(_Object):
    can_view_history: builtins.bool = False
    visible: builtins.bool | None = None
    peer: TypePeer
class CommunityPeerRequest(_Object):
    visible: builtins.bool = False
    peer: TypePeer
    requested_by: builtins.int
    date: builtins.int
class Config(_Object):
    default_p2p_contacts: builtins.bool = False
    preload_featured_stickers: builtins.bool = False
    revoke_pm_inbox: builtins.bool = False
    blocked_mode: builtins.bool = False
    force_try_ipv6: builtins.bool = False
    date: builtins.int
    expires: builtins.int
    test_mode: builtins.bool
    this_dc: builtins.int
    dc_options: Sequence[TypeDcOption]
    dc_txt_domain_name: builtins.str
    chat_size_max: builtins.int
    megagroup_size_max: builtins.int
    forwarded_count_max: builtins.int
    online_update_period_ms: builtins.int
    offline_blur_timeout_ms: builtins.int
    offline_idle_timeout_ms: builtins.int
    online_cloud_timeout_ms: builtins.int
    notify_cloud_delay_ms: builtins.int
    notify_default_delay_ms: builtins.int
    push_chat_period_ms: builtins.int
    push_chat_limit: builtins.int
    edit_time_limit: builtins.int
    revoke_time_limit: builtins.int
    revoke_pm_time_limit: builtins.int
    rating_e_decay: builtins.int
    stickers_recent_limit: builtins.int
    channels_read_media_period: builtins.int
    tmp_sessions: builtins.int | None = None
    call_receive_timeout_ms: builtins.int
    call_ring_timeout_ms: builtins.int
    call_connect_timeout_ms: builtins.int
    call_packet_timeout_ms: builtins.int
    me_url_prefix: builtins.str
    autoupdate_url_prefix: builtins.str | None = None
    gif_search_username: builtins.str | None = None
    venue_search_username: builtins.str | None = None
    img_search_username: builtins.str | None = None
    static_maps_provider: builtins.str | None = None
    caption_length_max: builtins.int
    message_length_max: builtins.int
    webfile_dc_id: builtins.int
    suggested_lang_code: builtins.str | None = None
    lang_pack_version: builtins.int | None = None
    base_lang_pack_version: builtins.int | None = None
    reactions_default: TypeReaction | None = None
    autologin_token: builtins.str | None = None
class ConnectedBot(_Object):
    bot_id: builtins.int
    recipients: TypeBusinessBotRecipients
    rights: TypeBusinessBotRights
    device: builtins.str | None = None
    date: builtins.int | None = None
    location: builtins.str | None = None
class ConnectedBotStarRef(_Object):
    revoked: builtins.bool = False
    url: builtins.str
    date: builtins.int
    bot_id: builtins.int
    commission_permille: builtins.int
    duration_months: builtins.int | None = None
    participants: builtins.int
    revenue: builtins.int
class Contact(_Object):
    user_id: builtins.int
    mutual: builtins.bool
class ContactBirthday(_Object):
    contact_id: builtins.int
    birthday: TypeBirthday
class ContactStatus(_Object):
    user_id: builtins.int
    status: TypeUserStatus
class DataJSON(_Object):
    data: builtins.str
class DcOption(_Object):
    ipv6: builtins.bool = False
    media_only: builtins.bool = False
    tcpo_only: builtins.bool = False
    cdn: builtins.bool = False
    static: builtins.bool = False
    this_port_only: builtins.bool = False
    id: builtins.int
    ip_address: builtins.str
    port: builtins.int
    secret: builtins.bytes | None = None
class DefaultHistoryTTL(_Object):
    period: builtins.int
class Dialog(_Object):
    pinned: builtins.bool = False
    unread_mark: builtins.bool = False
    view_forum_as_messages: builtins.bool = False
    peer: TypePeer
    top_message: builtins.int
    read_inbox_max_id: builtins.int
    read_outbox_max_id: builtins.int
    unread_count: builtins.int
    unread_mentions_count: builtins.int
    unread_reactions_count: builtins.int
    unread_poll_votes_count: builtins.int
    notify_settings: TypePeerNotifySettings
    pts: builtins.int | None = None
    draft: TypeDraftMessage | None = None
    folder_id: builtins.int | None = None
    ttl_period: builtins.int | None = None
class DialogCommunity(_Object):
    pinned: builtins.bool = False
    community_id: builtins.int
    notify_settings: TypePeerNotifySettings
class DialogFilter(_Object):
    contacts: builtins.bool = False
    non_contacts: builtins.bool = False
    groups: builtins.bool = False
    broadcasts: builtins.bool = False
    bots: builtins.bool = False
    exclude_muted: builtins.bool = False
    exclude_read: builtins.bool = False
    exclude_archived: builtins.bool = False
    title_noanimate: builtins.bool = False
    id: builtins.int
    title: TypeTextWithEntities
    emoticon: builtins.str | None = None
    color: builtins.int | None = None
    pinned_peers: Sequence[TypeInputPeer]
    include_peers: Sequence[TypeInputPeer]
    exclude_peers: Sequence[TypeInputPeer]
class DialogFilterChatlist(_Object):
    has_my_invites: builtins.bool = False
    title_noanimate: builtins.bool = False
    id: builtins.int
    title: TypeTextWithEntities
    emoticon: builtins.str | None = None
    color: builtins.int | None = None
    pinned_peers: Sequence[TypeInputPeer]
    include_peers: Sequence[TypeInputPeer]
class DialogFilterDefault(_Object): ...
class DialogFilterSuggested(_Object):
    filter: TypeDialogFilter
    description: builtins.str
class DialogFolder(_Object):
    pinned: builtins.bool = False
    folder: TypeFolder
    peer: TypePeer
    top_message: builtins.int
    unread_muted_peers_count: builtins.int
    unread_unmuted_peers_count: builtins.int
    unread_muted_messages_count: builtins.int
    unread_unmuted_messages_count: builtins.int
class DialogPeer(_Object):
    peer: TypePeer
class DialogPeerCommunity(_Object):
    community_id: builtins.int
class DialogPeerFolder(_Object):
    folder_id: builtins.int
class DisallowedGiftsSettings(_Object):
    disallow_unlimited_stargifts: builtins.bool = False
    disallow_limited_stargifts: builtins.bool = False
    disallow_unique_stargifts: builtins.bool = False
    disallow_premium_gifts: builtins.bool = False
    disallow_stargifts_from_channels: builtins.bool = False
class Document(_Object):
    id: builtins.int
    access_hash: builtins.int
    file_reference: builtins.bytes
    date: builtins.int
    mime_type: builtins.str
    size: builtins.int
    thumbs: Sequence[TypePhotoSize] | None = None
    video_thumbs: Sequence[TypeVideoSize] | None = None
    dc_id: builtins.int
    attributes: Sequence[TypeDocumentAttribute]
class DocumentAttributeAnimated(_Object): ...
class DocumentAttributeAudio(_Object):
    voice: builtins.bool = False
    duration: builtins.int
    title: builtins.str | None = None
    performer: builtins.str | None = None
    waveform: builtins.bytes | None = None
class DocumentAttributeCustomEmoji(_Object):
    free: builtins.bool = False
    text_color: builtins.bool = False
    alt: builtins.str
    stickerset: TypeInputStickerSet
class DocumentAttributeFilename(_Object):
    file_name: builtins.str
class DocumentAttributeHasStickers(_Object): ...
class DocumentAttributeImageSize(_Object):
    w: builtins.int
    h: builtins.int
class DocumentAttributeSticker(_Object):
    mask: builtins.bool = False
    alt: builtins.str
    stickerset: TypeInputStickerSet
    mask_coords: TypeMaskCoords | None = None
class DocumentAttributeVideo(_Object):
    round_message: builtins.bool = False
    supports_streaming: builtins.bool = False
    nosound: builtins.bool = False
    duration: builtins.float
    w: builtins.int
    h: builtins.int
    preload_prefix_size: builtins.int | None = None
    video_start_ts: builtins.float | None = None
    video_codec: builtins.str | None = None
class DocumentEmpty(_Object):
    id: builtins.int
class DraftMessage(_Object):
    no_webpage: builtins.bool = False
    invert_media: builtins.bool = False
    reply_to: TypeInputReplyTo | None = None
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
    media: TypeInputMedia | None = None
    date: builtins.int
    effect: builtins.int | None = None
    suggested_post: TypeSuggestedPost | None = None
    rich_message: TypeRichMessage | None = None
class DraftMessageEmpty(_Object):
    date: builtins.int | None = None
class EmailVerificationApple(_Object):
    token: builtins.str
class EmailVerificationCode(_Object):
    code: builtins.str
class EmailVerificationGoogle(_Object):
    token: builtins.str
class EmailVerifyPurposeLoginChange(_Object): ...
class EmailVerifyPurposeLoginSetup(_Object):
    phone_number: builtins.str
    phone_code_hash: builtins.str
class EmailVerifyPurposePassport(_Object): ...
class EmojiGroup(_Object):
    title: builtins.str
    icon_emoji_id: builtins.int
    emoticons: Sequence[builtins.str]
class EmojiGroupGreeting(_Object):
    title: builtins.str
    icon_emoji_id: builtins.int
    emoticons: Sequence[builtins.str]
class EmojiGroupPremium(_Object):
    title: builtins.str
    icon_emoji_id: builtins.int
class EmojiKeyword(_Object):
    keyword: builtins.str
    emoticons: Sequence[builtins.str]
class EmojiKeywordDeleted(_Object):
    keyword: builtins.str
    emoticons: Sequence[builtins.str]
class EmojiKeywordsDifference(_Object):
    lang_code: builtins.str
    from_version: builtins.int
    version: builtins.int
    keywords: Sequence[TypeEmojiKeyword]
class EmojiLanguage(_Object):
    lang_code: builtins.str
class EmojiList(_Object):
    hash: builtins.int
    document_id: Sequence[builtins.int]
class EmojiListNotModified(_Object): ...
class EmojiStatus(_Object):
    document_id: builtins.int
    until: builtins.int | None = None
class EmojiStatusCollectible(_Object):
    collectible_id: builtins.int
    document_id: builtins.int
    title: builtins.str
    slug: builtins.str
    pattern_document_id: builtins.int
    center_color: builtins.int
    edge_color: builtins.int
    pattern_color: builtins.int
    text_color: builtins.int
    until: builtins.int | None = None
class EmojiStatusEmpty(_Object): ...
class EmojiStatusUntil(_Object):
    document_id: builtins.int
    until: builtins.int
class EmojiURL(_Object):
    url: builtins.str
class EncryptedChat(_Object):
    id: builtins.int
    access_hash: builtins.int
    date: builtins.int
    admin_id: builtins.int
    participant_id: builtins.int
    g_a_or_b: builtins.bytes
    key_fingerprint: builtins.int
class EncryptedChatDiscarded(_Object):
    history_deleted: builtins.bool = False
    id: builtins.int
class EncryptedChatEmpty(_Object):
    id: builtins.int
class EncryptedChatRequested(_Object):
    folder_id: builtins.int | None = None
    id: builtins.int
    access_hash: builtins.int
    date: builtins.int
    admin_id: builtins.int
    participant_id: builtins.int
    g_a: builtins.bytes
class EncryptedChatWaiting(_Object):
    id: builtins.int
    access_hash: builtins.int
    date: builtins.int
    admin_id: builtins.int
    participant_id: builtins.int
class EncryptedFile(_Object):
    id: builtins.int
    access_hash: builtins.int
    size: builtins.int
    dc_id: builtins.int
    key_fingerprint: builtins.int
class EncryptedFileEmpty(_Object): ...
class EncryptedMessage(_Object):
    random_id: builtins.int
    chat_id: builtins.int
    date: builtins.int
    bytes: builtins.bytes
    file: TypeEncryptedFile
class EncryptedMessageService(_Object):
    random_id: builtins.int
    chat_id: builtins.int
    date: builtins.int
    bytes: builtins.bytes
class EphemeralMessage(_Object):
    out: builtins.bool = False
    welcome_template: builtins.bool = False
    invert_media: builtins.bool = False
    noforwards: builtins.bool = False
    id: builtins.int
    from_id: TypePeer
    peer_id: TypePeer | None = None
    receiver_id: builtins.int
    top_msg_id: builtins.int | None = None
    date: builtins.int
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
    media: TypeMessageMedia | None = None
    reply_markup: TypeReplyMarkup | None = None
    reply_to: TypeMessageReplyHeader | None = None
    rich_message: TypeRichMessage | None = None
    chat_instance: builtins.int | None = None
    anchor_msg_id: builtins.int | None = None
class Error(_Object):
    code: builtins.int
    text: builtins.str
class ExportedChatlistInvite(_Object):
    title: builtins.str
    url: builtins.str
    peers: Sequence[TypePeer]
class ExportedContactToken(_Object):
    url: builtins.str
    expires: builtins.int
class ExportedMessageLink(_Object):
    link: builtins.str
    html: builtins.str
class ExportedStoryLink(_Object):
    link: builtins.str
class FactCheck(_Object):
    need_check: builtins.bool = False
    country: builtins.str | None = None
    text: TypeTextWithEntities | None = None
    hash: builtins.int
class FileHash(_Object):
    offset: builtins.int
    limit: builtins.int
    hash: builtins.bytes
class Folder(_Object):
    autofill_new_broadcasts: builtins.bool = False
    autofill_public_groups: builtins.bool = False
    autofill_new_correspondents: builtins.bool = False
    id: builtins.int
    title: builtins.str
    photo: TypeChatPhoto | None = None
class FolderPeer(_Object):
    peer: TypePeer
    folder_id: builtins.int
class ForumTopic(_Object):
    my: builtins.bool = False
    closed: builtins.bool = False
    pinned: builtins.bool = False
    short: builtins.bool = False
    hidden: builtins.bool = False
    title_missing: builtins.bool = False
    id: builtins.int
    date: builtins.int
    peer: TypePeer
    title: builtins.str
    icon_color: builtins.int
    icon_emoji_id: builtins.int | None = None
    top_message: builtins.int
    read_inbox_max_id: builtins.int
    read_outbox_max_id: builtins.int
    unread_count: builtins.int
    unread_mentions_count: builtins.int
    unread_reactions_count: builtins.int
    unread_poll_votes_count: builtins.int
    from_id: TypePeer
    notify_settings: TypePeerNotifySettings
    draft: TypeDraftMessage | None = None
class ForumTopicDeleted(_Object):
    id: builtins.int
class FoundStory(_Object):
    peer: TypePeer
    story: TypeStoryItem
class Game(_Object):
    id: builtins.int
    access_hash: builtins.int
    short_name: builtins.str
    title: builtins.str
    description: builtins.str
    photo: TypePhoto
    document: TypeDocument | None = None
class GeoPoint(_Object):
    long: builtins.float
    lat: builtins.float
    access_hash: builtins.int
    accuracy_radius: builtins.int | None = None
class GeoPointAddress(_Object):
    country_iso2: builtins.str
    state: builtins.str | None = None
    city: builtins.str | None = None
    street: builtins.str | None = None
class GeoPointEmpty(_Object): ...
class GlobalPrivacySettings(_Object):
    archive_and_mute_new_noncontact_peers: builtins.bool = False
    keep_archived_unmuted: builtins.bool = False
    keep_archived_folders: builtins.bool = False
    hide_read_marks: builtins.bool = False
    new_noncontact_peers_require_premium: builtins.bool = False
    display_gifts_button: builtins.bool = False
    noncontact_peers_paid_stars: builtins.int | None = None
    disallowed_gifts: TypeDisallowedGiftsSettings | None = None
class GroupCall(_Object):
    join_muted: builtins.bool = False
    can_change_join_muted: builtins.bool = False
    join_date_asc: builtins.bool = False
    schedule_start_subscribed: builtins.bool = False
    can_start_video: builtins.bool = False
    record_video_active: builtins.bool = False
    rtmp_stream: builtins.bool = False
    listeners_hidden: builtins.bool = False
    conference: builtins.bool = False
    creator: builtins.bool = False
    messages_enabled: builtins.bool = False
    can_change_messages_enabled: builtins.bool = False
    min: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int
    participants_count: builtins.int
    title: builtins.str | None = None
    stream_dc_id: builtins.int | None = None
    record_start_date: builtins.int | None = None
    schedule_date: builtins.int | None = None
    unmuted_video_count: builtins.int | None = None
    unmuted_video_limit: builtins.int
    version: builtins.int
    invite_link: builtins.str | None = None
    send_paid_messages_stars: builtins.int | None = None
    default_send_as: TypePeer | None = None
class GroupCallDiscarded(_Object):
    id: builtins.int
    access_hash: builtins.int
    duration: builtins.int
class GroupCallDonor(_Object):
    top: builtins.bool = False
    my: builtins.bool = False
    peer_id: TypePeer | None = None
    stars: builtins.int
    anonymous: builtins.bool = False
class GroupCallMessage(_Object):
    from_admin: builtins.bool = False
    id: builtins.int
    from_id: TypePeer
    date: builtins.int
    message: TypeTextWithEntities
    paid_message_stars: builtins.int | None = None
class GroupCallParticipant(_Object):
    muted: builtins.bool = False
    left: builtins.bool = False
    can_self_unmute: builtins.bool = False
    just_joined: builtins.bool = False
    versioned: builtins.bool = False
    min: builtins.bool = False
    muted_by_you: builtins.bool = False
    volume_by_admin: builtins.bool = False
    self: builtins.bool = False
    video_joined: builtins.bool = False
    peer: TypePeer
    date: builtins.int
    active_date: builtins.int | None = None
    source: builtins.int
    volume: builtins.int | None = None
    about: builtins.str | None = None
    raise_hand_rating: builtins.int | None = None
    video: TypeGroupCallParticipantVideo | None = None
    presentation: TypeGroupCallParticipantVideo | None = None
    paid_stars_total: builtins.int | None = None
class GroupCallParticipantVideo(_Object):
    paused: builtins.bool = False
    endpoint: builtins.str
    source_groups: Sequence[TypeGroupCallParticipantVideoSourceGroup]
    audio_source: builtins.int | None = None
class GroupCallParticipantVideoSourceGroup(_Object):
    semantics: builtins.str
    sources: Sequence[builtins.int]
class GroupCallStreamChannel(_Object):
    channel: builtins.int
    scale: builtins.int
    last_timestamp_ms: builtins.int
class HighScore(_Object):
    pos: builtins.int
    user_id: builtins.int
    score: builtins.int
class ImportedContact(_Object):
    user_id: builtins.int
    client_id: builtins.int
class InitConnection(_Object):
    api_id: builtins.int
    device_model: builtins.str
    system_version: builtins.str
    app_version: builtins.str
    system_lang_code: builtins.str
    lang_pack: builtins.str
    lang_code: builtins.str
    proxy: TypeInputClientProxy | None = None
    params: TypeJSONValue | None = None
    query: builtins.bytes | TLObject
class InlineBotSwitchPM(_Object):
    text: builtins.str
    start_param: builtins.str
class InlineBotWebView(_Object):
    text: builtins.str
    url: builtins.str
class InlineButtonTypeBuy(_Object): ...
class InlineButtonTypeCallback(_Object):
    requires_password: builtins.bool = False
    data: builtins.bytes
class InlineButtonTypeCopy(_Object):
    copy_text: builtins.str
class InlineButtonTypeDisabled(_Object): ...
class InlineButtonTypeGame(_Object): ...
class InlineButtonTypeSwitchInline(_Object):
    same_peer: builtins.bool = False
    query: builtins.str
    peer_types: Sequence[TypeInlineQueryPeerType] | None = None
class InlineButtonTypeUrl(_Object):
    url: builtins.str
class InlineButtonTypeUrlAuth(_Object):
    fwd_text: builtins.str | None = None
    url: builtins.str
    button_id: builtins.int
class InlineButtonTypeUserProfile(_Object):
    user_id: builtins.int
class InlineButtonTypeWebView(_Object):
    url: builtins.str
class InlineQueryPeerTypeBotPM(_Object): ...
class InlineQueryPeerTypeBroadcast(_Object): ...
class InlineQueryPeerTypeChat(_Object): ...
class InlineQueryPeerTypeMegagroup(_Object): ...
class InlineQueryPeerTypePM(_Object): ...
class InlineQueryPeerTypeSameBotPM(_Object): ...
class InputAiComposeToneDefault(_Object):
    tone: builtins.str
class InputAiComposeToneID(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputAiComposeToneSingleUse(_Object):
    custom_prompt: builtins.str
class InputAiComposeToneSlug(_Object):
    slug: builtins.str
class InputAppEvent(_Object):
    time: builtins.float
    type: builtins.str
    peer: builtins.int
    data: TypeJSONValue
class InputBotAppID(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputBotAppShortName(_Object):
    bot_id: TypeInputUser
    short_name: builtins.str
class InputBotInlineMessageGame(_Object):
    reply_markup: TypeReplyMarkup | None = None
class InputBotInlineMessageID(_Object):
    dc_id: builtins.int
    id: builtins.int
    access_hash: builtins.int
class InputBotInlineMessageID64(_Object):
    dc_id: builtins.int
    owner_id: builtins.int
    id: builtins.int
    access_hash: builtins.int
class InputBotInlineMessageMediaAuto(_Object):
    invert_media: builtins.bool = False
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
    reply_markup: TypeReplyMarkup | None = None
class InputBotInlineMessageMediaContact(_Object):
    phone_number: builtins.str
    first_name: builtins.str
    last_name: builtins.str
    vcard: builtins.str
    reply_markup: TypeReplyMarkup | None = None
class InputBotInlineMessageMediaGeo(_Object):
    geo_point: TypeInputGeoPoint
    heading: builtins.int | None = None
    period: builtins.int | None = None
    proximity_notification_radius: builtins.int | None = None
    reply_markup: TypeReplyMarkup | None = None
class InputBotInlineMessageMediaInvoice(_Object):
    title: builtins.str
    description: builtins.str
    photo: TypeInputWebDocument | None = None
    invoice: TypeInvoice
    payload: builtins.bytes
    provider: builtins.str
    provider_data: TypeDataJSON
    reply_markup: TypeReplyMarkup | None = None
class InputBotInlineMessageMediaVenue(_Object):
    geo_point: TypeInputGeoPoint
    title: builtins.str
    address: builtins.str
    provider: builtins.str
    venue_id: builtins.str
    venue_type: builtins.str
    reply_markup: TypeReplyMarkup | None = None
class InputBotInlineMessageMediaWebPage(_Object):
    invert_media: builtins.bool = False
    force_large_media: builtins.bool = False
    force_small_media: builtins.bool = False
    optional: builtins.bool = False
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
    url: builtins.str
    reply_markup: TypeReplyMarkup | None = None
class InputBotInlineMessageRichMessage(_Object):
    reply_markup: TypeReplyMarkup | None = None
    rich_message: TypeInputRichMessage
class InputBotInlineMessageText(_Object):
    no_webpage: builtins.bool = False
    invert_media: builtins.bool = False
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
    reply_markup: TypeReplyMarkup | None = None
class InputBotInlineResult(_Object):
    id: builtins.str
    type: builtins.str
    title: builtins.str | None = None
    description: builtins.str | None = None
    url: builtins.str | None = None
    thumb: TypeInputWebDocument | None = None
    content: TypeInputWebDocument | None = None
    send_message: TypeInputBotInlineMessage
class InputBotInlineResultDocument(_Object):
    id: builtins.str
    type: builtins.str
    title: builtins.str | None = None
    description: builtins.str | None = None
    document: TypeInputDocument
    send_message: TypeInputBotInlineMessage
class InputBotInlineResultGame(_Object):
    id: builtins.str
    short_name: builtins.str
    send_message: TypeInputBotInlineMessage
class InputBotInlineResultPhoto(_Object):
    id: builtins.str
    type: builtins.str
    photo: TypeInputPhoto
    send_message: TypeInputBotInlineMessage
class InputBusinessAwayMessage(_Object):
    offline_only: builtins.bool = False
    shortcut_id: builtins.int
    schedule: TypeBusinessAwayMessageSchedule
    recipients: TypeInputBusinessRecipients
class InputBusinessBotRecipients(_Object):
    existing_chats: builtins.bool = False
    new_chats: builtins.bool = False
    contacts: builtins.bool = False
    non_contacts: builtins.bool = False
    exclude_selected: builtins.bool = False
    users: Sequence[TypeInputUser] | None = None
    exclude_users: Sequence[TypeInputUser] | None = None
class InputBusinessChatLink(_Object):
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
    title: builtins.str | None = None
class InputBusinessGreetingMessage(_Object):
    shortcut_id: builtins.int
    recipients: TypeInputBusinessRecipients
    no_activity_days: builtins.int
class InputBusinessIntro(_Object):
    title: builtins.str
    description: builtins.str
    sticker: TypeInputDocument | None = None
class InputBusinessRecipients(_Object):
    existing_chats: builtins.bool = False
    new_chats: builtins.bool = False
    contacts: builtins.bool = False
    non_contacts: builtins.bool = False
    exclude_selected: builtins.bool = False
    users: Sequence[TypeInputUser] | None = None
class InputButtonTypeRequestPeer(_Object):
    name_requested: builtins.bool = False
    username_requested: builtins.bool = False
    photo_requested: builtins.bool = False
    button_id: builtins.int
    peer_type: TypeRequestPeerType
    max_quantity: builtins.int
class InputChannel(_Object):
    channel_id: builtins.int
    access_hash: builtins.int
class InputChannelEmpty(_Object): ...
class InputChannelFromMessage(_Object):
    peer: TypeInputPeer
    msg_id: builtins.int
    channel_id: builtins.int
class InputChatPhoto(_Object):
    id: TypeInputPhoto
class InputChatPhotoEmpty(_Object): ...
class InputChatTheme(_Object):
    emoticon: builtins.str
class InputChatThemeEmpty(_Object): ...
class InputChatThemeUniqueGift(_Object):
    slug: builtins.str
class InputChatUploadedPhoto(_Object):
    file: TypeInputFile | None = None
    video: TypeInputFile | None = None
    video_start_ts: builtins.float | None = None
    video_emoji_markup: TypeVideoSize | None = None
class InputChatlistDialogFilter(_Object):
    filter_id: builtins.int
class InputCheckPasswordEmpty(_Object): ...
class InputCheckPasswordSRP(_Object):
    srp_id: builtins.int
    A: builtins.bytes
    M1: builtins.bytes
class InputClientProxy(_Object):
    address: builtins.str
    port: builtins.int
class InputCollectiblePhone(_Object):
    phone: builtins.str
class InputCollectibleUsername(_Object):
    username: builtins.str
class InputDialogPeer(_Object):
    peer: TypeInputPeer
class InputDialogPeerCommunity(_Object):
    community: TypeInputChannel
class InputDialogPeerFolder(_Object):
    folder_id: builtins.int
class InputDocument(_Object):
    id: builtins.int
    access_hash: builtins.int
    file_reference: builtins.bytes
class InputDocumentEmpty(_Object): ...
class InputDocumentFileLocation(_Object):
    id: builtins.int
    access_hash: builtins.int
    file_reference: builtins.bytes
    thumb_size: builtins.str
class InputEmojiStatusCollectible(_Object):
    collectible_id: builtins.int
    until: builtins.int | None = None
class InputEncryptedChat(_Object):
    chat_id: builtins.int
    access_hash: builtins.int
class InputEncryptedFile(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputEncryptedFileBigUploaded(_Object):
    id: builtins.int
    parts: builtins.int
    key_fingerprint: builtins.int
class InputEncryptedFileEmpty(_Object): ...
class InputEncryptedFileLocation(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputEncryptedFileUploaded(_Object):
    id: builtins.int
    parts: builtins.int
    md5_checksum: builtins.str
    key_fingerprint: builtins.int
class InputFile(_Object):
    id: builtins.int
    parts: builtins.int
    name: builtins.str
    md5_checksum: builtins.str
class InputFileBig(_Object):
    id: builtins.int
    parts: builtins.int
    name: builtins.str
class InputFileLocation(_Object):
    volume_id: builtins.int
    local_id: builtins.int
    secret: builtins.int
    file_reference: builtins.bytes
class InputFileStoryDocument(_Object):
    id: TypeInputDocument
class InputFolderPeer(_Object):
    peer: TypeInputPeer
    folder_id: builtins.int
class InputGameID(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputGameShortName(_Object):
    bot_id: TypeInputUser
    short_name: builtins.str
class InputGeoPoint(_Object):
    lat: builtins.float
    long: builtins.float
    accuracy_radius: builtins.int | None = None
class InputGeoPointEmpty(_Object): ...
class InputGroupCall(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputGroupCallInviteMessage(_Object):
    msg_id: builtins.int
class InputGroupCallSlug(_Object):
    slug: builtins.str
class InputGroupCallStream(_Object):
    call: TypeInputGroupCall
    time_ms: builtins.int
    scale: builtins.int
    video_channel: builtins.int | None = None
    video_quality: builtins.int | None = None
class InputInlineButtonTypeUrlAuth(_Object):
    request_write_access: builtins.bool = False
    fwd_text: builtins.str | None = None
    url: builtins.str
    bot: TypeInputUser | None = None
class InputInlineButtonTypeUserProfile(_Object):
    user_id: TypeInputUser
class InputInvoiceBusinessBotTransferStars(_Object):
    bot: TypeInputUser
    stars: builtins.int
class InputInvoiceChatInviteSubscription(_Object):
    hash: builtins.str
class InputInvoiceMessage(_Object):
    peer: TypeInputPeer
    msg_id: builtins.int
class InputInvoicePremiumAuthCode(_Object):
    purpose: TypeInputStorePaymentPurpose
class InputInvoicePremiumGiftCode(_Object):
    purpose: TypeInputStorePaymentPurpose
    option: TypePremiumGiftCodeOption
class InputInvoicePremiumGiftStars(_Object):
    user_id: TypeInputUser
    months: builtins.int
    message: TypeTextWithEntities | None = None
class InputInvoiceSlug(_Object):
    slug: builtins.str
class InputInvoiceStarGift(_Object):
    hide_name: builtins.bool = False
    include_upgrade: builtins.bool = False
    peer: TypeInputPeer
    gift_id: builtins.int
    message: TypeTextWithEntities | None = None
class InputInvoiceStarGiftAuctionBid(_Object):
    hide_name: builtins.bool = False
    update_bid: builtins.bool = False
    peer: TypeInputPeer | None = None
    gift_id: builtins.int
    bid_amount: builtins.int
    message: TypeTextWithEntities | None = None
class InputInvoiceStarGiftDropOriginalDetails(_Object):
    stargift: TypeInputSavedStarGift
class InputInvoiceStarGiftPrepaidUpgrade(_Object):
    peer: TypeInputPeer
    hash: builtins.str
class InputInvoiceStarGiftResale(_Object):
    ton: builtins.bool = False
    show_name: builtins.bool = False
    slug: builtins.str
    to_id: TypeInputPeer
    message: TypeTextWithEntities | None = None
class InputInvoiceStarGiftTransfer(_Object):
    stargift: TypeInputSavedStarGift
    to_id: TypeInputPeer
class InputInvoiceStarGiftUpgrade(_Object):
    keep_original_details: builtins.bool = False
    stargift: TypeInputSavedStarGift
class InputInvoiceStars(_Object):
    purpose: TypeInputStorePaymentPurpose
class InputKeyboardButtonRequestPeer(_Object):
    name_requested: builtins.bool = False
    username_requested: builtins.bool = False
    photo_requested: builtins.bool = False
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    button_id: builtins.int
    peer_type: TypeRequestPeerType
    max_quantity: builtins.int
class InputKeyboardButtonUrlAuth(_Object):
    request_write_access: builtins.bool = False
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    fwd_text: builtins.str | None = None
    url: builtins.str
    bot: TypeInputUser
class InputKeyboardButtonUserProfile(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    user_id: TypeInputUser
class InputMediaAreaChannelPost(_Object):
    coordinates: TypeMediaAreaCoordinates
    channel: TypeInputChannel
    msg_id: builtins.int
class InputMediaAreaVenue(_Object):
    coordinates: TypeMediaAreaCoordinates
    query_id: builtins.int
    result_id: builtins.str
class InputMediaContact(_Object):
    phone_number: builtins.str
    first_name: builtins.str
    last_name: builtins.str
    vcard: builtins.str
class InputMediaDice(_Object):
    emoticon: builtins.str
class InputMediaDocument(_Object):
    spoiler: builtins.bool = False
    id: TypeInputDocument
    video_cover: TypeInputPhoto | None = None
    video_timestamp: builtins.int | None = None
    ttl_seconds: builtins.int | None = None
    query: builtins.str | None = None
class InputMediaDocumentExternal(_Object):
    spoiler: builtins.bool = False
    url: builtins.str
    ttl_seconds: builtins.int | None = None
    video_cover: TypeInputPhoto | None = None
    video_timestamp: builtins.int | None = None
class InputMediaEmpty(_Object): ...
class InputMediaGame(_Object):
    id: TypeInputGame
class InputMediaGeoLive(_Object):
    stopped: builtins.bool = False
    geo_point: TypeInputGeoPoint
    heading: builtins.int | None = None
    period: builtins.int | None = None
    proximity_notification_radius: builtins.int | None = None
class InputMediaGeoPoint(_Object):
    geo_point: TypeInputGeoPoint
class InputMediaInvoice(_Object):
    title: builtins.str
    description: builtins.str
    photo: TypeInputWebDocument | None = None
    invoice: TypeInvoice
    payload: builtins.bytes
    provider: builtins.str | None = None
    provider_data: TypeDataJSON
    start_param: builtins.str | None = None
    extended_media: TypeInputMedia | None = None
class InputMediaPaidMedia(_Object):
    stars_amount: builtins.int
    extended_media: Sequence[TypeInputMedia]
    payload: builtins.str | None = None
class InputMediaPhoto(_Object):
    spoiler: builtins.bool = False
    live_photo: builtins.bool = False
    id: TypeInputPhoto
    ttl_seconds: builtins.int | None = None
    video: TypeInputDocument | None = None
class InputMediaPhotoExternal(_Object):
    spoiler: builtins.bool = False
    url: builtins.str
    ttl_seconds: builtins.int | None = None
class InputMediaPoll(_Object):
    poll: TypePoll
    correct_answers: Sequence[builtins.int] | None = None
    attached_media: TypeInputMedia | None = None
    solution: builtins.str | None = None
    solution_entities: Sequence[TypeMessageEntity] | None = None
    solution_media: TypeInputMedia | None = None
class InputMediaStakeDice(_Object):
    game_hash: builtins.str
    ton_amount: builtins.int
    client_seed: builtins.bytes
class InputMediaStory(_Object):
    peer: TypeInputPeer
    id: builtins.int
class InputMediaTodo(_Object):
    todo: TypeTodoList
class InputMediaUploadedDocument(_Object):
    nosound_video: builtins.bool = False
    force_file: builtins.bool = False
    spoiler: builtins.bool = False
    file: TypeInputFile
    thumb: TypeInputFile | None = None
    mime_type: builtins.str
    attributes: Sequence[TypeDocumentAttribute]
    stickers: Sequence[TypeInputDocument] | None = None
    video_cover: TypeInputPhoto | None = None
    video_timestamp: builtins.int | None = None
    ttl_seconds: builtins.int | None = None
class InputMediaUploadedPhoto(_Object):
    spoiler: builtins.bool = False
    live_photo: builtins.bool = False
    file: TypeInputFile
    stickers: Sequence[TypeInputDocument] | None = None
    ttl_seconds: builtins.int | None = None
    video: TypeInputDocument | None = None
class InputMediaVenue(_Object):
    geo_point: TypeInputGeoPoint
    title: builtins.str
    address: builtins.str
    provider: builtins.str
    venue_id: builtins.str
    venue_type: builtins.str
class InputMediaWebPage(_Object):
    force_large_media: builtins.bool = False
    force_small_media: builtins.bool = False
    optional: builtins.bool = False
    url: builtins.str
class InputMessageCallbackQuery(_Object):
    id: builtins.int
    query_id: builtins.int
class InputMessageEntityMentionName(_Object):
    offset: builtins.int
    length: builtins.int
    user_id: TypeInputUser
class InputMessageID(_Object):
    id: builtins.int
class InputMessagePinned(_Object): ...
class InputMessageReadMetric(_Object):
    msg_id: builtins.int
    view_id: builtins.int
    time_in_view_ms: builtins.int
    active_time_in_view_ms: builtins.int
    height_to_viewport_ratio_permille: builtins.int
    seen_range_ratio_permille: builtins.int
class InputMessageReplyTo(_Object):
    id: builtins.int
class InputMessagesFilterChatPhotos(_Object): ...
class InputMessagesFilterContacts(_Object): ...
class InputMessagesFilterDocument(_Object): ...
class InputMessagesFilterEmpty(_Object): ...
class InputMessagesFilterGeo(_Object): ...
class InputMessagesFilterGif(_Object): ...
class InputMessagesFilterMusic(_Object): ...
class InputMessagesFilterMyMentions(_Object): ...
class InputMessagesFilterPhoneCalls(_Object):
    missed: builtins.bool = False
class InputMessagesFilterPhotoVideo(_Object): ...
class InputMessagesFilterPhotos(_Object): ...
class InputMessagesFilterPinned(_Object): ...
class InputMessagesFilterPoll(_Object): ...
class InputMessagesFilterRoundVideo(_Object): ...
class InputMessagesFilterRoundVoice(_Object): ...
class InputMessagesFilterUrl(_Object): ...
class InputMessagesFilterVideo(_Object): ...
class InputMessagesFilterVoice(_Object): ...
class InputNotifyBroadcasts(_Object): ...
class InputNotifyChats(_Object): ...
class InputNotifyCommunity(_Object):
    community: TypeInputChannel
class InputNotifyForumTopic(_Object):
    peer: TypeInputPeer
    top_msg_id: builtins.int
class InputNotifyPeer(_Object):
    peer: TypeInputPeer
class InputNotifyUsers(_Object): ...
class InputPageBlockMap(_Object):
    geo: TypeInputGeoPoint
    zoom: builtins.int
    w: builtins.int
    h: builtins.int
    caption: TypePageCaption
class InputPasskeyCredentialFirebasePNV(_Object):
    pnv_token: builtins.str
class InputPasskeyCredentialPublicKey(_Object):
    id: builtins.str
    raw_id: builtins.str
    response: TypeInputPasskeyResponse
class InputPasskeyResponseLogin(_Object):
    client_data: TypeDataJSON
    authenticator_data: builtins.bytes
    signature: builtins.bytes
    user_handle: builtins.str
class InputPasskeyResponseRegister(_Object):
    client_data: TypeDataJSON
    attestation_data: builtins.bytes
class InputPaymentCredentials(_Object):
    save: builtins.bool = False
    data: TypeDataJSON
class InputPaymentCredentialsApplePay(_Object):
    payment_data: TypeDataJSON
class InputPaymentCredentialsGooglePay(_Object):
    payment_token: TypeDataJSON
class InputPaymentCredentialsSaved(_Object):
    id: builtins.str
    tmp_password: builtins.bytes
class InputPeerChannel(_Object):
    channel_id: builtins.int
    access_hash: builtins.int
class InputPeerChannelFromMessage(_Object):
    peer: TypeInputPeer
    msg_id: builtins.int
    channel_id: builtins.int
class InputPeerChat(_Object):
    chat_id: builtins.int
class InputPeerColorCollectible(_Object):
    collectible_id: builtins.int
class InputPeerEmpty(_Object): ...
class InputPeerNotifySettings(_Object):
    show_previews: builtins.bool | None = None
    silent: builtins.bool | None = None
    mute_until: builtins.int | None = None
    sound: TypeNotificationSound | None = None
    stories_muted: builtins.bool | None = None
    stories_hide_sender: builtins.bool | None = None
    stories_sound: TypeNotificationSound | None = None
class InputPeerPhotoFileLocation(_Object):
    big: builtins.bool = False
    peer: TypeInputPeer
    photo_id: builtins.int
class InputPeerPhotoFileLocationLegacy(_Object):
    big: builtins.bool = False
    peer: TypeInputPeer
    volume_id: builtins.int
    local_id: builtins.int
class InputPeerSelf(_Object): ...
class InputPeerUser(_Object):
    user_id: builtins.int
    access_hash: builtins.int
class InputPeerUserFromMessage(_Object):
    peer: TypeInputPeer
    msg_id: builtins.int
    user_id: builtins.int
class InputPhoneCall(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputPhoneContact(_Object):
    client_id: builtins.int
    phone: builtins.str
    first_name: builtins.str
    last_name: builtins.str
    note: TypeTextWithEntities | None = None
class InputPhoto(_Object):
    id: builtins.int
    access_hash: builtins.int
    file_reference: builtins.bytes
class InputPhotoEmpty(_Object): ...
class InputPhotoFileLocation(_Object):
    id: builtins.int
    access_hash: builtins.int
    file_reference: builtins.bytes
    thumb_size: builtins.str
class InputPhotoLegacyFileLocation(_Object):
    id: builtins.int
    access_hash: builtins.int
    file_reference: builtins.bytes
    volume_id: builtins.int
    local_id: builtins.int
    secret: builtins.int
class InputPollAnswer(_Object):
    text: TypeTextWithEntities
    media: TypeInputMedia | None = None
class InputPrivacyKeyAbout(_Object): ...
class InputPrivacyKeyAddedByPhone(_Object): ...
class InputPrivacyKeyBirthday(_Object): ...
class InputPrivacyKeyChatInvite(_Object): ...
class InputPrivacyKeyForwards(_Object): ...
class InputPrivacyKeyNoPaidMessages(_Object): ...
class InputPrivacyKeyPhoneCall(_Object): ...
class InputPrivacyKeyPhoneNumber(_Object): ...
class InputPrivacyKeyPhoneP2P(_Object): ...
class InputPrivacyKeyProfilePhoto(_Object): ...
class InputPrivacyKeySavedMusic(_Object): ...
class InputPrivacyKeyStarGiftsAutoSave(_Object): ...
class InputPrivacyKeyStatusTimestamp(_Object): ...
class InputPrivacyKeyVoiceMessages(_Object): ...
class InputPrivacyValueAllowAll(_Object): ...
class InputPrivacyValueAllowBots(_Object): ...
class InputPrivacyValueAllowChatParticipants(_Object):
    chats: Sequence[builtins.int]
class InputPrivacyValueAllowCloseFriends(_Object): ...
class InputPrivacyValueAllowContacts(_Object): ...
class InputPrivacyValueAllowPremium(_Object): ...
class InputPrivacyValueAllowUsers(_Object):
    users: Sequence[TypeInputUser]
class InputPrivacyValueDisallowAll(_Object): ...
class InputPrivacyValueDisallowBots(_Object): ...
class InputPrivacyValueDisallowChatParticipants(_Object):
    chats: Sequence[builtins.int]
class InputPrivacyValueDisallowContacts(_Object): ...
class InputPrivacyValueDisallowUsers(_Object):
    users: Sequence[TypeInputUser]
class InputQuickReplyShortcut(_Object):
    shortcut: builtins.str
class InputQuickReplyShortcutId(_Object):
    shortcut_id: builtins.int
class InputReplyToEphemeralMessage(_Object):
    id: builtins.int
class InputReplyToMessage(_Object):
    reply_to_msg_id: builtins.int
    top_msg_id: builtins.int | None = None
    reply_to_peer_id: TypeInputPeer | None = None
    quote_text: builtins.str | None = None
    quote_entities: Sequence[TypeMessageEntity] | None = None
    quote_offset: builtins.int | None = None
    monoforum_peer_id: TypeInputPeer | None = None
    todo_item_id: builtins.int | None = None
    poll_option: builtins.bytes | None = None
class InputReplyToMonoForum(_Object):
    monoforum_peer_id: TypeInputPeer
class InputReplyToStory(_Object):
    peer: TypeInputPeer
    story_id: builtins.int
class InputReportReasonChildAbuse(_Object): ...
class InputReportReasonCopyright(_Object): ...
class InputReportReasonFake(_Object): ...
class InputReportReasonGeoIrrelevant(_Object): ...
class InputReportReasonIllegalDrugs(_Object): ...
class InputReportReasonOther(_Object): ...
class InputReportReasonPersonalDetails(_Object): ...
class InputReportReasonPornography(_Object): ...
class InputReportReasonSpam(_Object): ...
class InputReportReasonViolence(_Object): ...
class InputRichFileDocument(_Object):
    id: builtins.str
    document: TypeInputDocument
class InputRichFilePhoto(_Object):
    id: builtins.str
    photo: TypeInputPhoto
class InputRichMessage(_Object):
    rtl: builtins.bool = False
    noautolink: builtins.bool = False
    blocks: Sequence[TypePageBlock]
    photos: Sequence[TypeInputPhoto] | None = None
    documents: Sequence[TypeInputDocument] | None = None
    users: Sequence[TypeInputUser] | None = None
class InputRichMessageHTML(_Object):
    rtl: builtins.bool = False
    noautolink: builtins.bool = False
    html: builtins.str
    files: Sequence[TypeInputRichFile] | None = None
class InputRichMessageMarkdown(_Object):
    rtl: builtins.bool = False
    noautolink: builtins.bool = False
    markdown: builtins.str
    files: Sequence[TypeInputRichFile] | None = None
class InputSavedStarGiftChat(_Object):
    peer: TypeInputPeer
    saved_id: builtins.int
class InputSavedStarGiftSlug(_Object):
    slug: builtins.str
class InputSavedStarGiftUser(_Object):
    msg_id: builtins.int
class InputSecureFile(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputSecureFileLocation(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputSecureFileUploaded(_Object):
    id: builtins.int
    parts: builtins.int
    md5_checksum: builtins.str
    file_hash: builtins.bytes
    secret: builtins.bytes
class InputSecureValue(_Object):
    type: TypeSecureValueType
    data: TypeSecureData | None = None
    front_side: TypeInputSecureFile | None = None
    reverse_side: TypeInputSecureFile | None = None
    selfie: TypeInputSecureFile | None = None
    translation: Sequence[TypeInputSecureFile] | None = None
    files: Sequence[TypeInputSecureFile] | None = None
    plain_data: TypeSecurePlainData | None = None
class InputSendMessageRichMessageDraftAction(_Object):
    can_stop: builtins.bool = False
    keep_on_stop: builtins.bool = False
    random_id: builtins.int
    rich_message: TypeInputRichMessage
class InputSingleMedia(_Object):
    media: TypeInputMedia
    random_id: builtins.int
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
class InputStarGiftAuction(_Object):
    gift_id: builtins.int
class InputStarGiftAuctionSlug(_Object):
    slug: builtins.str
class InputStarsTransaction(_Object):
    refund: builtins.bool = False
    id: builtins.str
class InputStickerSetAnimatedEmoji(_Object): ...
class InputStickerSetAnimatedEmojiAnimations(_Object): ...
class InputStickerSetDice(_Object):
    emoticon: builtins.str
class InputStickerSetEmojiChannelDefaultStatuses(_Object): ...
class InputStickerSetEmojiDefaultStatuses(_Object): ...
class InputStickerSetEmojiDefaultTopicIcons(_Object): ...
class InputStickerSetEmojiGenericAnimations(_Object): ...
class InputStickerSetEmpty(_Object): ...
class InputStickerSetID(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputStickerSetItem(_Object):
    document: TypeInputDocument
    emoji: builtins.str
    mask_coords: TypeMaskCoords | None = None
    keywords: builtins.str | None = None
class InputStickerSetPremiumGifts(_Object): ...
class InputStickerSetShortName(_Object):
    short_name: builtins.str
class InputStickerSetThumb(_Object):
    stickerset: TypeInputStickerSet
    thumb_version: builtins.int
class InputStickerSetThumbLegacy(_Object):
    stickerset: TypeInputStickerSet
    volume_id: builtins.int
    local_id: builtins.int
class InputStickerSetTonGifts(_Object): ...
class InputStickeredMediaDocument(_Object):
    id: TypeInputDocument
class InputStickeredMediaPhoto(_Object):
    id: TypeInputPhoto
class InputStorePaymentAuthCode(_Object):
    restore: builtins.bool = False
    phone_number: builtins.str
    phone_code_hash: builtins.str
    premium_days: builtins.int
    currency: builtins.str
    amount: builtins.int
class InputStorePaymentGiftPremium(_Object):
    user_id: TypeInputUser
    currency: builtins.str
    amount: builtins.int
class InputStorePaymentPremiumGiftCode(_Object):
    users: Sequence[TypeInputUser]
    boost_peer: TypeInputPeer | None = None
    currency: builtins.str
    amount: builtins.int
    message: TypeTextWithEntities | None = None
class InputStorePaymentPremiumGiveaway(_Object):
    only_new_subscribers: builtins.bool = False
    winners_are_visible: builtins.bool = False
    boost_peer: TypeInputPeer
    additional_peers: Sequence[TypeInputPeer] | None = None
    countries_iso2: Sequence[builtins.str] | None = None
    prize_description: builtins.str | None = None
    random_id: builtins.int
    until_date: builtins.int
    currency: builtins.str
    amount: builtins.int
class InputStorePaymentPremiumSubscription(_Object):
    restore: builtins.bool = False
    upgrade: builtins.bool = False
class InputStorePaymentStars(_Object):
    stars: builtins.int
    currency: builtins.str
    amount: builtins.int
class InputStorePaymentStarsGift(_Object):
    user_id: TypeInputUser
    stars: builtins.int
    currency: builtins.str
    amount: builtins.int
class InputStorePaymentStarsGiveaway(_Object):
    only_new_subscribers: builtins.bool = False
    winners_are_visible: builtins.bool = False
    stars: builtins.int
    boost_peer: TypeInputPeer
    additional_peers: Sequence[TypeInputPeer] | None = None
    countries_iso2: Sequence[builtins.str] | None = None
    prize_description: builtins.str | None = None
    random_id: builtins.int
    until_date: builtins.int
    currency: builtins.str
    amount: builtins.int
    users: builtins.int
class InputStorePaymentStarsTopup(_Object):
    stars: builtins.int
    currency: builtins.str
    amount: builtins.int
    spend_purpose_peer: TypeInputPeer | None = None
class InputTakeoutFileLocation(_Object): ...
class InputTheme(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputThemeSettings(_Object):
    message_colors_animated: builtins.bool = False
    base_theme: TypeBaseTheme
    accent_color: builtins.int
    outbox_accent_color: builtins.int | None = None
    message_colors: Sequence[builtins.int] | None = None
    wallpaper: TypeInputWallPaper | None = None
    wallpaper_settings: TypeWallPaperSettings | None = None
class InputThemeSlug(_Object):
    slug: builtins.str
class InputUser(_Object):
    user_id: builtins.int
    access_hash: builtins.int
class InputUserEmpty(_Object): ...
class InputUserFromMessage(_Object):
    peer: TypeInputPeer
    msg_id: builtins.int
    user_id: builtins.int
class InputUserSelf(_Object): ...
class InputWallPaper(_Object):
    id: builtins.int
    access_hash: builtins.int
class InputWallPaperNoFile(_Object):
    id: builtins.int
class InputWallPaperSlug(_Object):
    slug: builtins.str
class InputWebDocument(_Object):
    url: builtins.str
    size: builtins.int
    mime_type: builtins.str
    attributes: Sequence[TypeDocumentAttribute]
class InputWebFileAudioAlbumThumbLocation(_Object):
    small: builtins.bool = False
    document: TypeInputDocument | None = None
    title: builtins.str | None = None
    performer: builtins.str | None = None
class InputWebFileGeoPointLocation(_Object):
    geo_point: TypeInputGeoPoint
    access_hash: builtins.int
    w: builtins.int
    h: builtins.int
    zoom: builtins.int
    scale: builtins.int
class InputWebFileLocation(_Object):
    url: builtins.str
    access_hash: builtins.int
class Invoice(_Object):
    test: builtins.bool = False
    name_requested: builtins.bool = False
    phone_requested: builtins.bool = False
    email_requested: builtins.bool = False
    shipping_address_requested: builtins.bool = False
    flexible: builtins.bool = False
    phone_to_provider: builtins.bool = False
    email_to_provider: builtins.bool = False
    recurring: builtins.bool = False
    currency: builtins.str
    prices: Sequence[TypeLabeledPrice]
    max_tip_amount: builtins.int | None = None
    suggested_tip_amounts: Sequence[builtins.int] | None = None
    terms_url: builtins.str | None = None
    subscription_period: builtins.int | None = None
class InvokeAfterMsg(_Object):
    msg_id: builtins.int
    query: builtins.bytes | TLObject
class InvokeAfterMsgs(_Object):
    msg_ids: Sequence[builtins.int]
    query: builtins.bytes | TLObject
class InvokeWithApnsSecret(_Object):
    nonce: builtins.str
    secret: builtins.str
    query: builtins.bytes | TLObject
class InvokeWithBusinessConnection(_Object):
    connection_id: builtins.str
    query: builtins.bytes | TLObject
class InvokeWithGooglePlayIntegrity(_Object):
    nonce: builtins.str
    token: builtins.str
    query: builtins.bytes | TLObject
class InvokeWithLayer(_Object):
    layer: builtins.int
    query: builtins.bytes | TLObject
class InvokeWithMessagesRange(_Object):
    range: TypeMessageRange
    query: builtins.bytes | TLObject
class InvokeWithReCaptcha(_Object):
    token: builtins.str
    query: builtins.bytes | TLObject
class InvokeWithTakeout(_Object):
    takeout_id: builtins.int
    query: builtins.bytes | TLObject
class InvokeWithoutUpdates(_Object):
    query: builtins.bytes | TLObject
class IpPort(_Object):
    ipv4: builtins.int
    port: builtins.int
class IpPortSecret(_Object):
    ipv4: builtins.int
    port: builtins.int
    secret: builtins.bytes
class JoinChatBotResultApproved(_Object): ...
class JoinChatBotResultDeclined(_Object): ...
class JoinChatBotResultQueued(_Object): ...
class JoinChatBotResultWebView(_Object):
    url: builtins.str
class JsonArray(_Object):
    value: Sequence[TypeJSONValue]
class JsonBool(_Object):
    value: builtins.bool
class JsonNull(_Object): ...
class JsonNumber(_Object):
    value: builtins.float
class JsonObject(_Object):
    value: Sequence[TypeJSONObjectValue]
class JsonObjectValue(_Object):
    key: builtins.str
    value: TypeJSONValue
class JsonString(_Object):
    value: builtins.str
class KeyboardButton(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    type: TypeButtonType
class KeyboardButtonBuy(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
class KeyboardButtonCallback(_Object):
    requires_password: builtins.bool = False
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    data: builtins.bytes
class KeyboardButtonCopy(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    copy_text: builtins.str
class KeyboardButtonGame(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
class KeyboardButtonRequestGeoLocation(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
class KeyboardButtonRequestPeer(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    button_id: builtins.int
    peer_type: TypeRequestPeerType
    max_quantity: builtins.int
class KeyboardButtonRequestPhone(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
class KeyboardButtonRequestPoll(_Object):
    style: TypeKeyboardButtonStyle | None = None
    quiz: builtins.bool | None = None
    text: builtins.str
class KeyboardButtonRow(_Object):
    buttons: Sequence[TypeKeyboardButton]
class KeyboardButtonSimpleWebView(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    url: builtins.str
class KeyboardButtonStyle(_Object):
    bg_primary: builtins.bool = False
    bg_danger: builtins.bool = False
    bg_success: builtins.bool = False
    icon: builtins.int | None = None
class KeyboardButtonSwitchInline(_Object):
    same_peer: builtins.bool = False
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    query: builtins.str
    peer_types: Sequence[TypeInlineQueryPeerType] | None = None
class KeyboardButtonUrl(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    url: builtins.str
class KeyboardButtonUrlAuth(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    fwd_text: builtins.str | None = None
    url: builtins.str
    button_id: builtins.int
class KeyboardButtonUserProfile(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    user_id: builtins.int
class KeyboardButtonWebView(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    url: builtins.str
class KeyboardInlineButton(_Object):
    style: TypeKeyboardButtonStyle | None = None
    text: builtins.str
    type: TypeInlineButtonType
class KeyboardInlineButtonRow(_Object):
    buttons: Sequence[TypeKeyboardInlineButton]
class LabeledPrice(_Object):
    label: builtins.str
    amount: builtins.int
class LangPackDifference(_Object):
    lang_code: builtins.str
    from_version: builtins.int
    version: builtins.int
    strings: Sequence[TypeLangPackString]
class LangPackLanguage(_Object):
    official: builtins.bool = False
    rtl: builtins.bool = False
    beta: builtins.bool = False
    name: builtins.str
    native_name: builtins.str
    lang_code: builtins.str
    base_lang_code: builtins.str | None = None
    plural_code: builtins.str
    strings_count: builtins.int
    translated_count: builtins.int
    translations_url: builtins.str
class LangPackString(_Object):
    key: builtins.str
    value: builtins.str
class LangPackStringDeleted(_Object):
    key: builtins.str
class LangPackStringPluralized(_Object):
    key: builtins.str
    zero_value: builtins.str | None = None
    one_value: builtins.str | None = None
    two_value: builtins.str | None = None
    few_value: builtins.str | None = None
    many_value: builtins.str | None = None
    other_value: builtins.str
class MaskCoords(_Object):
    n: builtins.int
    x: builtins.float
    y: builtins.float
    zoom: builtins.float
class MediaAreaChannelPost(_Object):
    coordinates: TypeMediaAreaCoordinates
    channel_id: builtins.int
    msg_id: builtins.int
class MediaAreaCoordinates(_Object):
    x: builtins.float
    y: builtins.float
    w: builtins.float
    h: builtins.float
    rotation: builtins.float
    radius: builtins.float | None = None
class MediaAreaGeoPoint(_Object):
    coordinates: TypeMediaAreaCoordinates
    geo: TypeGeoPoint
    address: TypeGeoPointAddress | None = None
class MediaAreaStarGift(_Object):
    coordinates: TypeMediaAreaCoordinates
    slug: builtins.str
class MediaAreaSuggestedReaction(_Object):
    dark: builtins.bool = False
    flipped: builtins.bool = False
    coordinates: TypeMediaAreaCoordinates
    reaction: TypeReaction
class MediaAreaUrl(_Object):
    coordinates: TypeMediaAreaCoordinates
    url: builtins.str
class MediaAreaVenue(_Object):
    coordinates: TypeMediaAreaCoordinates
    geo: TypeGeoPoint
    title: builtins.str
    address: builtins.str
    provider: builtins.str
    venue_id: builtins.str
    venue_type: builtins.str
class MediaAreaWeather(_Object):
    coordinates: TypeMediaAreaCoordinates
    emoji: builtins.str
    temperature_c: builtins.float
    color: builtins.int
class Message(_Object):
    out: builtins.bool = False
    mentioned: builtins.bool = False
    media_unread: builtins.bool = False
    silent: builtins.bool = False
    post: builtins.bool = False
    from_scheduled: builtins.bool = False
    legacy: builtins.bool = False
    edit_hide: builtins.bool = False
    pinned: builtins.bool = False
    noforwards: builtins.bool = False
    invert_media: builtins.bool = False
    offline: builtins.bool = False
    video_processing_pending: builtins.bool = False
    paid_suggested_post_stars: builtins.bool = False
    paid_suggested_post_ton: builtins.bool = False
    id: builtins.int
    from_id: TypePeer | None = None
    from_boosts_applied: builtins.int | None = None
    from_rank: builtins.str | None = None
    peer_id: TypePeer
    saved_peer_id: TypePeer | None = None
    fwd_from: TypeMessageFwdHeader | None = None
    via_bot_id: builtins.int | None = None
    via_business_bot_id: builtins.int | None = None
    guestchat_via_from: TypePeer | None = None
    reply_to: TypeMessageReplyHeader | None = None
    date: builtins.int
    message: builtins.str
    media: TypeMessageMedia | None = None
    reply_markup: TypeReplyMarkup | None = None
    entities: Sequence[TypeMessageEntity] | None = None
    views: builtins.int | None = None
    forwards: builtins.int | None = None
    replies: TypeMessageReplies | None = None
    edit_date: builtins.int | None = None
    post_author: builtins.str | None = None
    grouped_id: builtins.int | None = None
    reactions: TypeMessageReactions | None = None
    restriction_reason: Sequence[TypeRestrictionReason] | None = None
    ttl_period: builtins.int | None = None
    quick_reply_shortcut_id: builtins.int | None = None
    effect: builtins.int | None = None
    factcheck: TypeFactCheck | None = None
    report_delivery_until_date: builtins.int | None = None
    paid_message_stars: builtins.int | None = None
    suggested_post: TypeSuggestedPost | None = None
    schedule_repeat_period: builtins.int | None = None
    summary_from_language: builtins.str | None = None
    rich_message: TypeRichMessage | None = None
class MessageActionBoostApply(_Object):
    boosts: builtins.int
class MessageActionBotAllowed(_Object):
    attach_menu: builtins.bool = False
    from_request: builtins.bool = False
    domain: builtins.str | None = None
    app: TypeBotApp | None = None
class MessageActionChangeCommunity(_Object):
    community_id: builtins.int | None = None
class MessageActionChangeCreator(_Object):
    new_creator_id: builtins.int
class MessageActionChannelCreate(_Object):
    title: builtins.str
class MessageActionChannelMigrateFrom(_Object):
    title: builtins.str
    chat_id: builtins.int
class MessageActionChatAddUser(_Object):
    users: Sequence[builtins.int]
class MessageActionChatCreate(_Object):
    title: builtins.str
    users: Sequence[builtins.int]
class MessageActionChatDeletePhoto(_Object): ...
class MessageActionChatDeleteUser(_Object):
    user_id: builtins.int
class MessageActionChatEditPhoto(_Object):
    photo: TypePhoto
class MessageActionChatEditTitle(_Object):
    title: builtins.str
class MessageActionChatJoinedByLink(_Object):
    inviter_id: builtins.int
class MessageActionChatJoinedByRequest(_Object): ...
class MessageActionChatJoinedViaCommunity(_Object):
    community_id: builtins.int
class MessageActionChatMigrateTo(_Object):
    channel_id: builtins.int
class MessageActionConferenceCall(_Object):
    missed: builtins.bool = False
    active: builtins.bool = False
    video: builtins.bool = False
    call_id: builtins.int
    duration: builtins.int | None = None
    other_participants: Sequence[TypePeer] | None = None
class MessageActionContactSignUp(_Object): ...
class MessageActionCustomAction(_Object):
    message: builtins.str
class MessageActionEmpty(_Object): ...
class MessageActionGameScore(_Object):
    game_id: builtins.int
    score: builtins.int
class MessageActionGeoProximityReached(_Object):
    from_id: TypePeer
    to_id: TypePeer
    distance: builtins.int
class MessageActionGiftCode(_Object):
    via_giveaway: builtins.bool = False
    unclaimed: builtins.bool = False
    boost_peer: TypePeer | None = None
    days: builtins.int
    slug: builtins.str
    currency: builtins.str | None = None
    amount: builtins.int | None = None
    crypto_currency: builtins.str | None = None
    crypto_amount: builtins.int | None = None
    message: TypeTextWithEntities | None = None
class MessageActionGiftPremium(_Object):
    currency: builtins.str
    amount: builtins.int
    days: builtins.int
    crypto_currency: builtins.str | None = None
    crypto_amount: builtins.int | None = None
    message: TypeTextWithEntities | None = None
class MessageActionGiftStars(_Object):
    currency: builtins.str
    amount: builtins.int
    stars: builtins.int
    crypto_currency: builtins.str | None = None
    crypto_amount: builtins.int | None = None
    transaction_id: builtins.str | None = None
class MessageActionGiftTon(_Object):
    currency: builtins.str
    amount: builtins.int
    crypto_currency: builtins.str
    crypto_amount: builtins.int
    transaction_id: builtins.str | None = None
class MessageActionGiveawayLaunch(_Object):
    stars: builtins.int | None = None
class MessageActionGiveawayResults(_Object):
    stars: builtins.bool = False
    winners_count: builtins.int
    unclaimed_count: builtins.int
class MessageActionGroupCall(_Object):
    call: TypeInputGroupCall
    duration: builtins.int | None = None
class MessageActionGroupCallScheduled(_Object):
    call: TypeInputGroupCall
    schedule_date: builtins.int
class MessageActionHistoryClear(_Object): ...
class MessageActionInviteToGroupCall(_Object):
    call: TypeInputGroupCall
    users: Sequence[builtins.int]
class MessageActionManagedBotCreated(_Object):
    bot_id: builtins.int
class MessageActionNewCreatorPending(_Object):
    new_creator_id: builtins.int
class MessageActionNoForwardsRequest(_Object):
    expired: builtins.bool = False
    prev_value: builtins.bool
    new_value: builtins.bool
class MessageActionNoForwardsToggle(_Object):
    prev_value: builtins.bool
    new_value: builtins.bool
class MessageActionPaidMessagesPrice(_Object):
    broadcast_messages_allowed: builtins.bool = False
    stars: builtins.int
class MessageActionPaidMessagesRefunded(_Object):
    count: builtins.int
    stars: builtins.int
class MessageActionPaymentRefunded(_Object):
    peer: TypePeer
    currency: builtins.str
    total_amount: builtins.int
    payload: builtins.bytes | None = None
    charge: TypePaymentCharge
class MessageActionPaymentSent(_Object):
    recurring_init: builtins.bool = False
    recurring_used: builtins.bool = False
    currency: builtins.str
    total_amount: builtins.int
    invoice_slug: builtins.str | None = None
    subscription_until_date: builtins.int | None = None
class MessageActionPaymentSentMe(_Object):
    recurring_init: builtins.bool = False
    recurring_used: builtins.bool = False
    currency: builtins.str
    total_amount: builtins.int
    payload: builtins.bytes
    info: TypePaymentRequestedInfo | None = None
    shipping_option_id: builtins.str | None = None
    charge: TypePaymentCharge
    subscription_until_date: builtins.int | None = None
class MessageActionPhoneCall(_Object):
    video: builtins.bool = False
    call_id: builtins.int
    reason: TypePhoneCallDiscardReason | None = None
    duration: builtins.int | None = None
class MessageActionPinMessage(_Object): ...
class MessageActionPollAppendAnswer(_Object):
    answer: TypePollAnswer
class MessageActionPollDeleteAnswer(_Object):
    answer: TypePollAnswer
class MessageActionPrizeStars(_Object):
    unclaimed: builtins.bool = False
    stars: builtins.int
    transaction_id: builtins.str
    boost_peer: TypePeer
    giveaway_msg_id: builtins.int
class MessageActionRequestedPeer(_Object):
    button_id: builtins.int
    peers: Sequence[TypePeer]
class MessageActionRequestedPeerSentMe(_Object):
    button_id: builtins.int
    peers: Sequence[TypeRequestedPeer]
class MessageActionScreenshotTaken(_Object): ...
class MessageActionSecureValuesSent(_Object):
    types: Sequence[TypeSecureValueType]
class MessageActionSecureValuesSentMe(_Object):
    values: Sequence[TypeSecureValue]
    credentials: TypeSecureCredentialsEncrypted
class MessageActionSetChatTheme(_Object):
    theme: TypeChatTheme
class MessageActionSetChatWallPaper(_Object):
    same: builtins.bool = False
    for_both: builtins.bool = False
    wallpaper: TypeWallPaper
class MessageActionSetMessagesTTL(_Object):
    period: builtins.int
    auto_setting_from: builtins.int | None = None
class MessageActionSetSameChatWallPaper(_Object):
    wallpaper: TypeWallPaper
class MessageActionStarGift(_Object):
    name_hidden: builtins.bool = False
    saved: builtins.bool = False
    converted: builtins.bool = False
    upgraded: builtins.bool = False
    refunded: builtins.bool = False
    can_upgrade: builtins.bool = False
    prepaid_upgrade: builtins.bool = False
    upgrade_separate: builtins.bool = False
    auction_acquired: builtins.bool = False
    gift: TypeStarGift
    message: TypeTextWithEntities | None = None
    convert_stars: builtins.int | None = None
    upgrade_msg_id: builtins.int | None = None
    upgrade_stars: builtins.int | None = None
    from_id: TypePeer | None = None
    peer: TypePeer | None = None
    saved_id: builtins.int | None = None
    prepaid_upgrade_hash: builtins.str | None = None
    gift_msg_id: builtins.int | None = None
    to_id: TypePeer | None = None
    gift_num: builtins.int | None = None
class MessageActionStarGiftPurchaseOffer(_Object):
    accepted: builtins.bool = False
    declined: builtins.bool = False
    gift: TypeStarGift
    price: TypeStarsAmount
    expires_at: builtins.int
class MessageActionStarGiftPurchaseOfferDeclined(_Object):
    expired: builtins.bool = False
    gift: TypeStarGift
    price: TypeStarsAmount
class MessageActionStarGiftUnique(_Object):
    upgrade: builtins.bool = False
    transferred: builtins.bool = False
    saved: builtins.bool = False
    refunded: builtins.bool = False
    prepaid_upgrade: builtins.bool = False
    assigned: builtins.bool = False
    from_offer: builtins.bool = False
    craft: builtins.bool = False
    name_hidden: builtins.bool = False
    gift: TypeStarGift
    can_export_at: builtins.int | None = None
    transfer_stars: builtins.int | None = None
    from_id: TypePeer | None = None
    peer: TypePeer | None = None
    saved_id: builtins.int | None = None
    resale_amount: TypeStarsAmount | None = None
    can_transfer_at: builtins.int | None = None
    can_resell_at: builtins.int | None = None
    drop_original_details_stars: builtins.int | None = None
    can_craft_at: builtins.int | None = None
    message: TypeTextWithEntities | None = None
class MessageActionSuggestBirthday(_Object):
    birthday: TypeBirthday
class MessageActionSuggestProfilePhoto(_Object):
    photo: TypePhoto
class MessageActionSuggestedPostApproval(_Object):
    rejected: builtins.bool = False
    balance_too_low: builtins.bool = False
    reject_comment: builtins.str | None = None
    schedule_date: builtins.int | None = None
    price: TypeStarsAmount | None = None
class MessageActionSuggestedPostRefund(_Object):
    payer_initiated: builtins.bool = False
class MessageActionSuggestedPostSuccess(_Object):
    price: TypeStarsAmount
class MessageActionTodoAppendTasks(_Object):
    list: Sequence[TypeTodoItem]
class MessageActionTodoCompletions(_Object):
    completed: Sequence[builtins.int]
    incompleted: Sequence[builtins.int]
class MessageActionTopicCreate(_Object):
    title_missing: builtins.bool = False
    title: builtins.str
    icon_color: builtins.int
    icon_emoji_id: builtins.int | None = None
class MessageActionTopicEdit(_Object):
    title: builtins.str | None = None
    icon_emoji_id: builtins.int | None = None
    closed: builtins.bool | None = None
    hidden: builtins.bool | None = None
class MessageActionWebViewDataSent(_Object):
    text: builtins.str
class MessageActionWebViewDataSentMe(_Object):
    text: builtins.str
    data: builtins.str
class MessageEmpty(_Object):
    id: builtins.int
    peer_id: TypePeer | None = None
class MessageEntityBankCard(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityBlockquote(_Object):
    collapsed: builtins.bool = False
    offset: builtins.int
    length: builtins.int
class MessageEntityBold(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityBotCommand(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityCashtag(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityCode(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityCustomEmoji(_Object):
    offset: builtins.int
    length: builtins.int
    document_id: builtins.int
class MessageEntityDiffDelete(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityDiffInsert(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityDiffReplace(_Object):
    offset: builtins.int
    length: builtins.int
    old_text: builtins.str
class MessageEntityEmail(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityFormattedDate(_Object):
    relative: builtins.bool = False
    short_time: builtins.bool = False
    long_time: builtins.bool = False
    short_date: builtins.bool = False
    long_date: builtins.bool = False
    day_of_week: builtins.bool = False
    offset: builtins.int
    length: builtins.int
    date: builtins.int
class MessageEntityHashtag(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityItalic(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityMention(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityMentionName(_Object):
    offset: builtins.int
    length: builtins.int
    user_id: builtins.int
class MessageEntityPhone(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityPre(_Object):
    offset: builtins.int
    length: builtins.int
    language: builtins.str
class MessageEntitySpoiler(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityStrike(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityTextUrl(_Object):
    offset: builtins.int
    length: builtins.int
    url: builtins.str
class MessageEntityUnderline(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityUnknown(_Object):
    offset: builtins.int
    length: builtins.int
class MessageEntityUrl(_Object):
    offset: builtins.int
    length: builtins.int
class MessageExtendedMedia(_Object):
    media: TypeMessageMedia
class MessageExtendedMediaPreview(_Object):
    w: builtins.int | None = None
    h: builtins.int | None = None
    thumb: TypePhotoSize | None = None
    video_duration: builtins.int | None = None
class MessageFwdHeader(_Object):
    imported: builtins.bool = False
    saved_out: builtins.bool = False
    from_id: TypePeer | None = None
    from_name: builtins.str | None = None
    date: builtins.int
    channel_post: builtins.int | None = None
    post_author: builtins.str | None = None
    saved_from_peer: TypePeer | None = None
    saved_from_msg_id: builtins.int | None = None
    saved_from_id: TypePeer | None = None
    saved_from_name: builtins.str | None = None
    saved_date: builtins.int | None = None
    psa_type: builtins.str | None = None
class MessageInteractionCounters(_Object):
    msg_id: builtins.int
    views: builtins.int
    forwards: builtins.int
class MessageMediaContact(_Object):
    phone_number: builtins.str
    first_name: builtins.str
    last_name: builtins.str
    vcard: builtins.str
    user_id: builtins.int
class MessageMediaDice(_Object):
    value: builtins.int
    emoticon: builtins.str
    game_outcome: _messages_TypeEmojiGameOutcome | None = None
class MessageMediaDocument(_Object):
    nopremium: builtins.bool = False
    spoiler: builtins.bool = False
    video: builtins.bool = False
    round: builtins.bool = False
    voice: builtins.bool = False
    document: TypeDocument | None = None
    alt_documents: Sequence[TypeDocument] | None = None
    video_cover: TypePhoto | None = None
    video_timestamp: builtins.int | None = None
    ttl_seconds: builtins.int | None = None
class MessageMediaEmpty(_Object): ...
class MessageMediaGame(_Object):
    game: TypeGame
class MessageMediaGeo(_Object):
    geo: TypeGeoPoint
class MessageMediaGeoLive(_Object):
    geo: TypeGeoPoint
    heading: builtins.int | None = None
    period: builtins.int
    proximity_notification_radius: builtins.int | None = None
class MessageMediaGiveaway(_Object):
    only_new_subscribers: builtins.bool = False
    winners_are_visible: builtins.bool = False
    channels: Sequence[builtins.int]
    countries_iso2: Sequence[builtins.str] | None = None
    prize_description: builtins.str | None = None
    quantity: builtins.int
    months: builtins.int | None = None
    stars: builtins.int | None = None
    until_date: builtins.int
class MessageMediaGiveawayResults(_Object):
    only_new_subscribers: builtins.bool = False
    refunded: builtins.bool = False
    channel_id: builtins.int
    additional_peers_count: builtins.int | None = None
    launch_msg_id: builtins.int
    winners_count: builtins.int
    unclaimed_count: builtins.int
    winners: Sequence[builtins.int]
    months: builtins.int | None = None
    stars: builtins.int | None = None
    prize_description: builtins.str | None = None
    until_date: builtins.int
class MessageMediaInvoice(_Object):
    shipping_address_requested: builtins.bool = False
    test: builtins.bool = False
    title: builtins.str
    description: builtins.str
    photo: TypeWebDocument | None = None
    receipt_msg_id: builtins.int | None = None
    currency: builtins.str
    total_amount: builtins.int
    start_param: builtins.str
    extended_media: TypeMessageExtendedMedia | None = None
class MessageMediaPaidMedia(_Object):
    stars_amount: builtins.int
    extended_media: Sequence[TypeMessageExtendedMedia]
class MessageMediaPhoto(_Object):
    spoiler: builtins.bool = False
    live_photo: builtins.bool = False
    photo: TypePhoto | None = None
    ttl_seconds: builtins.int | None = None
    video: TypeDocument | None = None
class MessageMediaPoll(_Object):
    poll: TypePoll
    results: TypePollResults
    attached_media: TypeMessageMedia | None = None
class MessageMediaStory(_Object):
    via_mention: builtins.bool = False
    peer: TypePeer
    id: builtins.int
    story: TypeStoryItem | None = None
class MessageMediaToDo(_Object):
    todo: TypeTodoList
    completions: Sequence[TypeTodoCompletion] | None = None
class MessageMediaUnsupported(_Object): ...
class MessageMediaVenue(_Object):
    geo: TypeGeoPoint
    title: builtins.str
    address: builtins.str
    provider: builtins.str
    venue_id: builtins.str
    venue_type: builtins.str
class MessageMediaVideoStream(_Object):
    rtmp_stream: builtins.bool = False
    call: TypeInputGroupCall
class MessageMediaWebPage(_Object):
    force_large_media: builtins.bool = False
    force_small_media: builtins.bool = False
    manual: builtins.bool = False
    safe: builtins.bool = False
    webpage: TypeWebPage
class MessagePeerReaction(_Object):
    big: builtins.bool = False
    unread: builtins.bool = False
    my: builtins.bool = False
    peer_id: TypePeer
    date: builtins.int
    reaction: TypeReaction
class MessagePeerVote(_Object):
    peer: TypePeer
    option: builtins.bytes
    date: builtins.int
class MessagePeerVoteInputOption(_Object):
    peer: TypePeer
    date: builtins.int
class MessagePeerVoteMultiple(_Object):
    peer: TypePeer
    options: Sequence[builtins.bytes]
    date: builtins.int
class MessageRange(_Object):
    min_id: builtins.int
    max_id: builtins.int
class MessageReactions(_Object):
    min: builtins.bool = False
    can_see_list: builtins.bool = False
    reactions_as_tags: builtins.bool = False
    results: Sequence[TypeReactionCount]
    recent_reactions: Sequence[TypeMessagePeerReaction] | None = None
    top_reactors: Sequence[TypeMessageReactor] | None = None
class MessageReactor(_Object):
    top: builtins.bool = False
    my: builtins.bool = False
    anonymous: builtins.bool = False
    peer_id: TypePeer | None = None
    count: builtins.int
class MessageReplies(_Object):
    comments: builtins.bool = False
    replies: builtins.int
    replies_pts: builtins.int
    recent_repliers: Sequence[TypePeer] | None = None
    channel_id: builtins.int | None = None
    max_id: builtins.int | None = None
    read_max_id: builtins.int | None = None
class MessageReplyHeader(_Object):
    reply_to_scheduled: builtins.bool = False
    forum_topic: builtins.bool = False
    quote: builtins.bool = False
    reply_to_ephemeral: builtins.bool = False
    reply_to_msg_id: builtins.int | None = None
    reply_to_peer_id: TypePeer | None = None
    reply_from: TypeMessageFwdHeader | None = None
    reply_media: TypeMessageMedia | None = None
    reply_to_top_id: builtins.int | None = None
    quote_text: builtins.str | None = None
    quote_entities: Sequence[TypeMessageEntity] | None = None
    quote_offset: builtins.int | None = None
    todo_item_id: builtins.int | None = None
    poll_option: builtins.bytes | None = None
class MessageReplyStoryHeader(_Object):
    peer: TypePeer
    story_id: builtins.int
class MessageReportOption(_Object):
    text: builtins.str
    option: builtins.bytes
class MessageService(_Object):
    out: builtins.bool = False
    mentioned: builtins.bool = False
    media_unread: builtins.bool = False
    reactions_are_possible: builtins.bool = False
    silent: builtins.bool = False
    post: builtins.bool = False
    legacy: builtins.bool = False
    id: builtins.int
    from_id: TypePeer | None = None
    peer_id: TypePeer
    saved_peer_id: TypePeer | None = None
    reply_to: TypeMessageReplyHeader | None = None
    date: builtins.int
    action: TypeMessageAction
    reactions: TypeMessageReactions | None = None
    ttl_period: builtins.int | None = None
class MessageUserVote(_Object):
    user_id: builtins.int
    option: builtins.bytes
    date: builtins.int
class MessageUserVoteInputOption(_Object):
    user_id: builtins.int
    date: builtins.int
class MessageUserVoteMultiple(_Object):
    user_id: builtins.int
    options: Sequence[builtins.bytes]
    date: builtins.int
class MessageViews(_Object):
    views: builtins.int | None = None
    forwards: builtins.int | None = None
    replies: TypeMessageReplies | None = None
class MissingInvitee(_Object):
    premium_would_allow_invite: builtins.bool = False
    premium_required_for_pm: builtins.bool = False
    user_id: builtins.int
class MonoForumDialog(_Object):
    unread_mark: builtins.bool = False
    nopaid_messages_exception: builtins.bool = False
    peer: TypePeer
    top_message: builtins.int
    read_inbox_max_id: builtins.int
    read_outbox_max_id: builtins.int
    unread_count: builtins.int
    unread_reactions_count: builtins.int
    draft: TypeDraftMessage | None = None
class MyBoost(_Object):
    slot: builtins.int
    peer: TypePeer | None = None
    date: builtins.int
    expires: builtins.int
    cooldown_until_date: builtins.int | None = None
class NearestDc(_Object):
    country: builtins.str
    this_dc: builtins.int
    nearest_dc: builtins.int
class NotificationSoundDefault(_Object): ...
class NotificationSoundLocal(_Object):
    title: builtins.str
    data: builtins.str
class NotificationSoundNone(_Object): ...
class NotificationSoundRingtone(_Object):
    id: builtins.int
class NotifyBroadcasts(_Object): ...
class NotifyChats(_Object): ...
class NotifyCommunity(_Object):
    community_id: builtins.int
class NotifyForumTopic(_Object):
    peer: TypePeer
    top_msg_id: builtins.int
class NotifyPeer(_Object):
    peer: TypePeer
class NotifyUsers(_Object): ...
class Null(_Object): ...
class OutboxReadDate(_Object):
    date: builtins.int
class Page(_Object):
    part: builtins.bool = False
    rtl: builtins.bool = False
    v2: builtins.bool = False
    url: builtins.str
    blocks: Sequence[TypePageBlock]
    photos: Sequence[TypePhoto]
    documents: Sequence[TypeDocument]
    views: builtins.int | None = None
class PageBlockAnchor(_Object):
    name: builtins.str
class PageBlockAudio(_Object):
    audio_id: builtins.int
    caption: TypePageCaption
class PageBlockAuthorDate(_Object):
    author: TypeRichText
    published_date: builtins.int
class PageBlockBlockquote(_Object):
    collapsed: builtins.bool = False
    text: TypeRichText
    caption: TypeRichText
class PageBlockBlockquoteBlocks(_Object):
    blocks: Sequence[TypePageBlock]
    caption: TypeRichText
class PageBlockButtonRow(_Object):
    align_left: builtins.bool = False
    align_center: builtins.bool = False
    align_right: builtins.bool = False
    buttons: Sequence[TypePageButton]
class PageBlockChannel(_Object):
    channel: TypeChat
class PageBlockCollage(_Object):
    items: Sequence[TypePageBlock]
    caption: TypePageCaption
class PageBlockCover(_Object):
    cover: TypePageBlock
class PageBlockDetails(_Object):
    open: builtins.bool = False
    blocks: Sequence[TypePageBlock]
    title: TypeRichText
class PageBlockDivider(_Object): ...
class PageBlockDocument(_Object):
    document_id: builtins.int
    caption: TypePageCaption
class PageBlockEmbed(_Object):
    full_width: builtins.bool = False
    allow_scrolling: builtins.bool = False
    url: builtins.str | None = None
    html: builtins.str | None = None
    poster_photo_id: builtins.int | None = None
    w: builtins.int | None = None
    h: builtins.int | None = None
    caption: TypePageCaption
class PageBlockEmbedPost(_Object):
    url: builtins.str
    webpage_id: builtins.int
    author_photo_id: builtins.int
    author: builtins.str
    date: builtins.int
    blocks: Sequence[TypePageBlock]
    caption: TypePageCaption
class PageBlockFooter(_Object):
    text: TypeRichText
class PageBlockHeader(_Object):
    text: TypeRichText
class PageBlockHeading1(_Object):
    text: TypeRichText
class PageBlockHeading2(_Object):
    text: TypeRichText
class PageBlockHeading3(_Object):
    text: TypeRichText
class PageBlockHeading4(_Object):
    text: TypeRichText
class PageBlockHeading5(_Object):
    text: TypeRichText
class PageBlockHeading6(_Object):
    text: TypeRichText
class PageBlockKicker(_Object):
    text: TypeRichText
class PageBlockList(_Object):
    items: Sequence[TypePageListItem]
class PageBlockMap(_Object):
    geo: TypeGeoPoint
    zoom: builtins.int
    w: builtins.int
    h: builtins.int
    caption: TypePageCaption
class PageBlockMath(_Object):
    source: builtins.str
class PageBlockOrderedList(_Object):
    reversed: builtins.bool = False
    items: Sequence[TypePageListOrderedItem]
    start: builtins.int | None = None
    type: builtins.str | None = None
class PageBlockParagraph(_Object):
    text: TypeRichText
class PageBlockPhoto(_Object):
    spoiler: builtins.bool = False
    photo_id: builtins.int
    caption: TypePageCaption
    url: builtins.str | None = None
    webpage_id: builtins.int | None = None
class PageBlockPreformatted(_Object):
    text: TypeRichText
    language: builtins.str
class PageBlockPullquote(_Object):
    text: TypeRichText
    caption: TypeRichText
class PageBlockRelatedArticles(_Object):
    title: TypeRichText
    articles: Sequence[TypePageRelatedArticle]
class PageBlockSlideshow(_Object):
    items: Sequence[TypePageBlock]
    caption: TypePageCaption
class PageBlockSubheader(_Object):
    text: TypeRichText
class PageBlockSubtitle(_Object):
    text: TypeRichText
class PageBlockTable(_Object):
    bordered: builtins.bool = False
    striped: builtins.bool = False
    compact: builtins.bool = False
    title: TypeRichText
    rows: Sequence[TypePageTableRow]
class PageBlockThinking(_Object):
    text: TypeRichText
class PageBlockTitle(_Object):
    text: TypeRichText
class PageBlockUnsupported(_Object): ...
class PageBlockVideo(_Object):
    autoplay: builtins.bool = False
    loop: builtins.bool = False
    spoiler: builtins.bool = False
    video_id: builtins.int
    caption: TypePageCaption
class PageButton(_Object):
    text: TypeRichText
    type: TypeInlineButtonType
    style: TypeRichButtonStyle | None = None
class PageCaption(_Object):
    text: TypeRichText
    credit: TypeRichText
class PageListItemBlocks(_Object):
    checkbox: builtins.bool = False
    checked: builtins.bool = False
    blocks: Sequence[TypePageBlock]
class PageListItemText(_Object):
    checkbox: builtins.bool = False
    checked: builtins.bool = False
    text: TypeRichText
class PageListOrderedItemBlocks(_Object):
    checkbox: builtins.bool = False
    checked: builtins.bool = False
    num: builtins.str | None = None
    blocks: Sequence[TypePageBlock]
    value: builtins.int | None = None
    type: builtins.str | None = None
class PageListOrderedItemText(_Object):
    checkbox: builtins.bool = False
    checked: builtins.bool = False
    num: builtins.str | None = None
    text: TypeRichText
    value: builtins.int | None = None
    type: builtins.str | None = None
class PageRelatedArticle(_Object):
    url: builtins.str
    webpage_id: builtins.int
    title: builtins.str | None = None
    description: builtins.str | None = None
    photo_id: builtins.int | None = None
    author: builtins.str | None = None
    published_date: builtins.int | None = None
class PageTableCell(_Object):
    header: builtins.bool = False
    align_center: builtins.bool = False
    align_right: builtins.bool = False
    valign_middle: builtins.bool = False
    valign_bottom: builtins.bool = False
    text: TypeRichText | None = None
    colspan: builtins.int | None = None
    rowspan: builtins.int | None = None
class PageTableRow(_Object):
    cells: Sequence[TypePageTableCell]
class PaidReactionPrivacyAnonymous(_Object): ...
class PaidReactionPrivacyDefault(_Object): ...
class PaidReactionPrivacyPeer(_Object):
    peer: TypeInputPeer
class Passkey(_Object):
    id: builtins.str
    name: builtins.str
    date: builtins.int
    software_emoji_id: builtins.int | None = None
    last_usage_date: builtins.int | None = None
class PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(_Object):
    salt1: builtins.bytes
    salt2: builtins.bytes
    g: builtins.int
    p: builtins.bytes
class PasswordKdfAlgoUnknown(_Object): ...
class PaymentCharge(_Object):
    id: builtins.str
    provider_charge_id: builtins.str
class PaymentFormMethod(_Object):
    url: builtins.str
    title: builtins.str
class PaymentRequestedInfo(_Object):
    name: builtins.str | None = None
    phone: builtins.str | None = None
    email: builtins.str | None = None
    shipping_address: TypePostAddress | None = None
class PaymentSavedCredentialsCard(_Object):
    id: builtins.str
    title: builtins.str
class PeerBlocked(_Object):
    peer_id: TypePeer
    date: builtins.int
class PeerChannel(_Object):
    channel_id: builtins.int
class PeerChat(_Object):
    chat_id: builtins.int
class PeerColor(_Object):
    color: builtins.int | None = None
    background_emoji_id: builtins.int | None = None
class PeerColorCollectible(_Object):
    collectible_id: builtins.int
    gift_emoji_id: builtins.int
    background_emoji_id: builtins.int
    accent_color: builtins.int
    colors: Sequence[builtins.int]
    dark_accent_color: builtins.int | None = None
    dark_colors: Sequence[builtins.int] | None = None
class PeerLocated(_Object):
    peer: TypePeer
    expires: builtins.int
    distance: builtins.int
class PeerNotifySettings(_Object):
    show_previews: builtins.bool | None = None
    silent: builtins.bool | None = None
    mute_until: builtins.int | None = None
    ios_sound: TypeNotificationSound | None = None
    android_sound: TypeNotificationSound | None = None
    other_sound: TypeNotificationSound | None = None
    stories_muted: builtins.bool | None = None
    stories_hide_sender: builtins.bool | None = None
    stories_ios_sound: TypeNotificationSound | None = None
    stories_android_sound: TypeNotificationSound | None = None
    stories_other_sound: TypeNotificationSound | None = None
class PeerSelfLocated(_Object):
    expires: builtins.int
class PeerSettings(_Object):
    report_spam: builtins.bool = False
    add_contact: builtins.bool = False
    block_contact: builtins.bool = False
    share_contact: builtins.bool = False
    need_contacts_exception: builtins.bool = False
    report_geo: builtins.bool = False
    autoarchived: builtins.bool = False
    invite_members: builtins.bool = False
    request_chat_broadcast: builtins.bool = False
    business_bot_paused: builtins.bool = False
    business_bot_can_reply: builtins.bool = False
    geo_distance: builtins.int | None = None
    request_chat_title: builtins.str | None = None
    request_chat_date: builtins.int | None = None
    business_bot_id: builtins.int | None = None
    business_bot_manage_url: builtins.str | None = None
    charge_paid_message_stars: builtins.int | None = None
    registration_month: builtins.str | None = None
    phone_country: builtins.str | None = None
    name_change_date: builtins.int | None = None
    photo_change_date: builtins.int | None = None
class PeerStories(_Object):
    peer: TypePeer
    max_read_id: builtins.int | None = None
    stories: Sequence[TypeStoryItem]
class PeerUser(_Object):
    user_id: builtins.int
class PendingSuggestion(_Object):
    suggestion: builtins.str
    title: TypeTextWithEntities
    description: TypeTextWithEntities
    url: builtins.str
class PhoneCall(_Object):
    p2p_allowed: builtins.bool = False
    video: builtins.bool = False
    conference_supported: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int
    date: builtins.int
    admin_id: builtins.int
    participant_id: builtins.int
    g_a_or_b: builtins.bytes
    key_fingerprint: builtins.int
    protocol: TypePhoneCallProtocol
    connections: Sequence[TypePhoneConnection]
    start_date: builtins.int
    custom_parameters: TypeDataJSON | None = None
class PhoneCallAccepted(_Object):
    video: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int
    date: builtins.int
    admin_id: builtins.int
    participant_id: builtins.int
    g_b: builtins.bytes
    protocol: TypePhoneCallProtocol
class PhoneCallDiscardReasonAllowGroupCall(_Object):
    encrypted_key: builtins.bytes
class PhoneCallDiscardReasonBusy(_Object): ...
class PhoneCallDiscardReasonDisconnect(_Object): ...
class PhoneCallDiscardReasonHangup(_Object): ...
class PhoneCallDiscardReasonMigrateConferenceCall(_Object):
    slug: builtins.str
class PhoneCallDiscardReasonMissed(_Object): ...
class PhoneCallDiscarded(_Object):
    need_rating: builtins.bool = False
    need_debug: builtins.bool = False
    video: builtins.bool = False
    id: builtins.int
    reason: TypePhoneCallDiscardReason | None = None
    duration: builtins.int | None = None
class PhoneCallEmpty(_Object):
    id: builtins.int
class PhoneCallProtocol(_Object):
    udp_p2p: builtins.bool = False
    udp_reflector: builtins.bool = False
    min_layer: builtins.int
    max_layer: builtins.int
    library_versions: Sequence[builtins.str]
class PhoneCallRequested(_Object):
    video: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int
    date: builtins.int
    admin_id: builtins.int
    participant_id: builtins.int
    g_a_hash: builtins.bytes
    protocol: TypePhoneCallProtocol
class PhoneCallWaiting(_Object):
    video: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int
    date: builtins.int
    admin_id: builtins.int
    participant_id: builtins.int
    protocol: TypePhoneCallProtocol
    receive_date: builtins.int | None = None
class PhoneConnection(_Object):
    tcp: builtins.bool = False
    id: builtins.int
    ip: builtins.str
    ipv6: builtins.str
    port: builtins.int
    peer_tag: builtins.bytes
class PhoneConnectionWebrtc(_Object):
    turn: builtins.bool = False
    stun: builtins.bool = False
    id: builtins.int
    ip: builtins.str
    ipv6: builtins.str
    port: builtins.int
    username: builtins.str
    password: builtins.str
class Photo(_Object):
    has_stickers: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int
    file_reference: builtins.bytes
    date: builtins.int
    sizes: Sequence[TypePhotoSize]
    video_sizes: Sequence[TypeVideoSize] | None = None
    dc_id: builtins.int
class PhotoCachedSize(_Object):
    type: builtins.str
    w: builtins.int
    h: builtins.int
    bytes: builtins.bytes
class PhotoEmpty(_Object):
    id: builtins.int
class PhotoPathSize(_Object):
    type: builtins.str
    bytes: builtins.bytes
class PhotoSize(_Object):
    type: builtins.str
    w: builtins.int
    h: builtins.int
    size: builtins.int
class PhotoSizeEmpty(_Object):
    type: builtins.str
class PhotoSizeProgressive(_Object):
    type: builtins.str
    w: builtins.int
    h: builtins.int
    sizes: Sequence[builtins.int]
class PhotoStrippedSize(_Object):
    type: builtins.str
    bytes: builtins.bytes
class Poll(_Object):
    id: builtins.int
    closed: builtins.bool = False
    public_voters: builtins.bool = False
    multiple_choice: builtins.bool = False
    quiz: builtins.bool = False
    open_answers: builtins.bool = False
    revoting_disabled: builtins.bool = False
    shuffle_answers: builtins.bool = False
    hide_results_until_close: builtins.bool = False
    creator: builtins.bool = False
    subscribers_only: builtins.bool = False
    question: TypeTextWithEntities
    answers: Sequence[TypePollAnswer]
    close_period: builtins.int | None = None
    close_date: builtins.int | None = None
    countries_iso2: Sequence[builtins.str] | None = None
    hash: builtins.int
class PollAnswer(_Object):
    text: TypeTextWithEntities
    option: builtins.bytes
    media: TypeMessageMedia | None = None
    added_by: TypePeer | None = None
    date: builtins.int | None = None
class PollAnswerVoters(_Object):
    chosen: builtins.bool = False
    correct: builtins.bool = False
    option: builtins.bytes
    voters: builtins.int | None = None
    recent_voters: Sequence[TypePeer] | None = None
class PollResults(_Object):
    min: builtins.bool = False
    has_unread_votes: builtins.bool = False
    can_view_stats: builtins.bool = False
    results: Sequence[TypePollAnswerVoters] | None = None
    total_voters: builtins.int | None = None
    recent_voters: Sequence[TypePeer] | None = None
    solution: builtins.str | None = None
    solution_entities: Sequence[TypeMessageEntity] | None = None
    solution_media: TypeMessageMedia | None = None
class PopularContact(_Object):
    client_id: builtins.int
    importers: builtins.int
class PostAddress(_Object):
    street_line1: builtins.str
    street_line2: builtins.str
    city: builtins.str
    state: builtins.str
    country_iso2: builtins.str
    post_code: builtins.str
class PostInteractionCountersMessage(_Object):
    msg_id: builtins.int
    views: builtins.int
    forwards: builtins.int
    reactions: builtins.int
class PostInteractionCountersStory(_Object):
    story_id: builtins.int
    views: builtins.int
    forwards: builtins.int
    reactions: builtins.int
class PremiumGiftCodeOption(_Object):
    users: builtins.int
    months: builtins.int
    store_product: builtins.str | None = None
    store_quantity: builtins.int | None = None
    currency: builtins.str
    amount: builtins.int
class PremiumGiftOption(_Object):
    months: builtins.int
    currency: builtins.str
    amount: builtins.int
    bot_url: builtins.str
    store_product: builtins.str | None = None
class PremiumSubscriptionOption(_Object):
    current: builtins.bool = False
    can_purchase_upgrade: builtins.bool = False
    transaction: builtins.str | None = None
    months: builtins.int
    currency: builtins.str
    amount: builtins.int
    bot_url: builtins.str
    store_product: builtins.str | None = None
class PrepaidGiveaway(_Object):
    id: builtins.int
    months: builtins.int
    quantity: builtins.int
    date: builtins.int
class PrepaidStarsGiveaway(_Object):
    id: builtins.int
    stars: builtins.int
    quantity: builtins.int
    boosts: builtins.int
    date: builtins.int
class PrivacyKeyAbout(_Object): ...
class PrivacyKeyAddedByPhone(_Object): ...
class PrivacyKeyBirthday(_Object): ...
class PrivacyKeyChatInvite(_Object): ...
class PrivacyKeyForwards(_Object): ...
class PrivacyKeyNoPaidMessages(_Object): ...
class PrivacyKeyPhoneCall(_Object): ...
class PrivacyKeyPhoneNumber(_Object): ...
class PrivacyKeyPhoneP2P(_Object): ...
class PrivacyKeyProfilePhoto(_Object): ...
class PrivacyKeySavedMusic(_Object): ...
class PrivacyKeyStarGiftsAutoSave(_Object): ...
class PrivacyKeyStatusTimestamp(_Object): ...
class PrivacyKeyVoiceMessages(_Object): ...
class PrivacyValueAllowAll(_Object): ...
class PrivacyValueAllowBots(_Object): ...
class PrivacyValueAllowChatParticipants(_Object):
    chats: Sequence[builtins.int]
class PrivacyValueAllowCloseFriends(_Object): ...
class PrivacyValueAllowContacts(_Object): ...
class PrivacyValueAllowPremium(_Object): ...
class PrivacyValueAllowUsers(_Object):
    users: Sequence[builtins.int]
class PrivacyValueDisallowAll(_Object): ...
class PrivacyValueDisallowBots(_Object): ...
class PrivacyValueDisallowChatParticipants(_Object):
    chats: Sequence[builtins.int]
class PrivacyValueDisallowContacts(_Object): ...
class PrivacyValueDisallowUsers(_Object):
    users: Sequence[builtins.int]
class ProfileTabFiles(_Object): ...
class ProfileTabGifs(_Object): ...
class ProfileTabGifts(_Object): ...
class ProfileTabLinks(_Object): ...
class ProfileTabMedia(_Object): ...
class ProfileTabMusic(_Object): ...
class ProfileTabPosts(_Object): ...
class ProfileTabVoice(_Object): ...
class PublicForwardMessage(_Object):
    message: TypeMessage
class PublicForwardStory(_Object):
    peer: TypePeer
    story: TypeStoryItem
class QuickReply(_Object):
    shortcut_id: builtins.int
    shortcut: builtins.str
    top_message: builtins.int
    count: builtins.int
class ReactionCount(_Object):
    chosen_order: builtins.int | None = None
    reaction: TypeReaction
    count: builtins.int
class ReactionCustomEmoji(_Object):
    document_id: builtins.int
class ReactionEmoji(_Object):
    emoticon: builtins.str
class ReactionEmpty(_Object): ...
class ReactionNotificationsFromAll(_Object): ...
class ReactionNotificationsFromContacts(_Object): ...
class ReactionPaid(_Object): ...
class ReactionsNotifySettings(_Object):
    messages_notify_from: TypeReactionNotificationsFrom | None = None
    stories_notify_from: TypeReactionNotificationsFrom | None = None
    poll_votes_notify_from: TypeReactionNotificationsFrom | None = None
    sound: TypeNotificationSound
    show_previews: builtins.bool
class ReadParticipantDate(_Object):
    user_id: builtins.int
    date: builtins.int
class ReceivedNotifyMessage(_Object):
    id: builtins.int
    flags: builtins.int
class RecentMeUrlChat(_Object):
    url: builtins.str
    chat_id: builtins.int
class RecentMeUrlChatInvite(_Object):
    url: builtins.str
    chat_invite: TypeChatInvite
class RecentMeUrlStickerSet(_Object):
    url: builtins.str
    set: TypeStickerSetCovered
class RecentMeUrlUnknown(_Object):
    url: builtins.str
class RecentMeUrlUser(_Object):
    url: builtins.str
    user_id: builtins.int
class RecentStory(_Object):
    live: builtins.bool = False
    max_id: builtins.int | None = None
class ReplyInlineMarkup(_Object):
    force_reply: builtins.bool = False
    rows: Sequence[TypeKeyboardInlineButtonRow]
class ReplyKeyboardForceReply(_Object):
    single_use: builtins.bool = False
    selective: builtins.bool = False
    placeholder: builtins.str | None = None
class ReplyKeyboardHide(_Object):
    selective: builtins.bool = False
class ReplyKeyboardMarkup(_Object):
    resize: builtins.bool = False
    single_use: builtins.bool = False
    selective: builtins.bool = False
    persistent: builtins.bool = False
    force_reply: builtins.bool = False
    rows: Sequence[TypeKeyboardButtonRow]
    placeholder: builtins.str | None = None
class ReportResultAddComment(_Object):
    optional: builtins.bool = False
    option: builtins.bytes
class ReportResultChooseOption(_Object):
    title: builtins.str
    options: Sequence[TypeMessageReportOption]
class ReportResultReported(_Object): ...
class RequestPeerTypeBroadcast(_Object):
    creator: builtins.bool = False
    has_username: builtins.bool | None = None
    user_admin_rights: TypeChatAdminRights | None = None
    bot_admin_rights: TypeChatAdminRights | None = None
class RequestPeerTypeChat(_Object):
    creator: builtins.bool = False
    bot_participant: builtins.bool = False
    has_username: builtins.bool | None = None
    forum: builtins.bool | None = None
    user_admin_rights: TypeChatAdminRights | None = None
    bot_admin_rights: TypeChatAdminRights | None = None
class RequestPeerTypeCreateBot(_Object):
    bot_managed: builtins.bool = False
    suggested_name: builtins.str | None = None
    suggested_username: builtins.str | None = None
class RequestPeerTypeUser(_Object):
    bot: builtins.bool | None = None
    premium: builtins.bool | None = None
class RequestedPeerChannel(_Object):
    channel_id: builtins.int
    title: builtins.str | None = None
    username: builtins.str | None = None
    photo: TypePhoto | None = None
class RequestedPeerChat(_Object):
    chat_id: builtins.int
    title: builtins.str | None = None
    photo: TypePhoto | None = None
class RequestedPeerUser(_Object):
    user_id: builtins.int
    first_name: builtins.str | None = None
    last_name: builtins.str | None = None
    username: builtins.str | None = None
    photo: TypePhoto | None = None
class RequirementToContactEmpty(_Object): ...
class RequirementToContactPaidMessages(_Object):
    stars_amount: builtins.int
class RequirementToContactPremium(_Object): ...
class RestrictionReason(_Object):
    platform: builtins.str
    reason: builtins.str
    text: builtins.str
class RichButtonStyle(_Object):
    bg_primary: builtins.bool = False
    bg_danger: builtins.bool = False
    bg_success: builtins.bool = False
    link: builtins.bool = False
class RichMessage(_Object):
    rtl: builtins.bool = False
    part: builtins.bool = False
    blocks: Sequence[TypePageBlock]
    photos: Sequence[TypePhoto]
    documents: Sequence[TypeDocument]
class SavedDialog(_Object):
    pinned: builtins.bool = False
    peer: TypePeer
    top_message: builtins.int
class SavedPhoneContact(_Object):
    phone: builtins.str
    first_name: builtins.str
    last_name: builtins.str
    date: builtins.int
class SavedReactionTag(_Object):
    reaction: TypeReaction
    title: builtins.str | None = None
    count: builtins.int
class SavedStarGift(_Object):
    name_hidden: builtins.bool = False
    unsaved: builtins.bool = False
    refunded: builtins.bool = False
    can_upgrade: builtins.bool = False
    pinned_to_top: builtins.bool = False
    upgrade_separate: builtins.bool = False
    from_id: TypePeer | None = None
    date: builtins.int
    gift: TypeStarGift
    message: TypeTextWithEntities | None = None
    msg_id: builtins.int | None = None
    saved_id: builtins.int | None = None
    convert_stars: builtins.int | None = None
    upgrade_stars: builtins.int | None = None
    can_export_at: builtins.int | None = None
    transfer_stars: builtins.int | None = None
    can_transfer_at: builtins.int | None = None
    can_resell_at: builtins.int | None = None
    collection_id: Sequence[builtins.int] | None = None
    prepaid_upgrade_hash: builtins.str | None = None
    drop_original_details_stars: builtins.int | None = None
    gift_num: builtins.int | None = None
    can_craft_at: builtins.int | None = None
class SearchPostsFlood(_Object):
    query_is_free: builtins.bool = False
    total_daily: builtins.int
    remains: builtins.int
    wait_till: builtins.int | None = None
    stars_amount: builtins.int
class SearchResultPosition(_Object):
    msg_id: builtins.int
    date: builtins.int
    offset: builtins.int
class SearchResultsCalendarPeriod(_Object):
    date: builtins.int
    min_msg_id: builtins.int
    max_msg_id: builtins.int
    count: builtins.int
class SecureCredentialsEncrypted(_Object):
    data: builtins.bytes
    hash: builtins.bytes
    secret: builtins.bytes
class SecureData(_Object):
    data: builtins.bytes
    data_hash: builtins.bytes
    secret: builtins.bytes
class SecureFile(_Object):
    id: builtins.int
    access_hash: builtins.int
    size: builtins.int
    dc_id: builtins.int
    date: builtins.int
    file_hash: builtins.bytes
    secret: builtins.bytes
class SecureFileEmpty(_Object): ...
class SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000(_Object):
    salt: builtins.bytes
class SecurePasswordKdfAlgoSHA512(_Object):
    salt: builtins.bytes
class SecurePasswordKdfAlgoUnknown(_Object): ...
class SecurePlainEmail(_Object):
    email: builtins.str
class SecurePlainPhone(_Object):
    phone: builtins.str
class SecureRequiredType(_Object):
    native_names: builtins.bool = False
    selfie_required: builtins.bool = False
    translation_required: builtins.bool = False
    type: TypeSecureValueType
class SecureRequiredTypeOneOf(_Object):
    types: Sequence[TypeSecureRequiredType]
class SecureSecretSettings(_Object):
    secure_algo: TypeSecurePasswordKdfAlgo
    secure_secret: builtins.bytes
    secure_secret_id: builtins.int
class SecureValue(_Object):
    type: TypeSecureValueType
    data: TypeSecureData | None = None
    front_side: TypeSecureFile | None = None
    reverse_side: TypeSecureFile | None = None
    selfie: TypeSecureFile | None = None
    translation: Sequence[TypeSecureFile] | None = None
    files: Sequence[TypeSecureFile] | None = None
    plain_data: TypeSecurePlainData | None = None
    hash: builtins.bytes
class SecureValueError(_Object):
    type: TypeSecureValueType
    hash: builtins.bytes
    text: builtins.str
class SecureValueErrorData(_Object):
    type: TypeSecureValueType
    data_hash: builtins.bytes
    field: builtins.str
    text: builtins.str
class SecureValueErrorFile(_Object):
    type: TypeSecureValueType
    file_hash: builtins.bytes
    text: builtins.str
class SecureValueErrorFiles(_Object):
    type: TypeSecureValueType
    file_hash: Sequence[builtins.bytes]
    text: builtins.str
class SecureValueErrorFrontSide(_Object):
    type: TypeSecureValueType
    file_hash: builtins.bytes
    text: builtins.str
class SecureValueErrorReverseSide(_Object):
    type: TypeSecureValueType
    file_hash: builtins.bytes
    text: builtins.str
class SecureValueErrorSelfie(_Object):
    type: TypeSecureValueType
    file_hash: builtins.bytes
    text: builtins.str
class SecureValueErrorTranslationFile(_Object):
    type: TypeSecureValueType
    file_hash: builtins.bytes
    text: builtins.str
class SecureValueErrorTranslationFiles(_Object):
    type: TypeSecureValueType
    file_hash: Sequence[builtins.bytes]
    text: builtins.str
class SecureValueHash(_Object):
    type: TypeSecureValueType
    hash: builtins.bytes
class SecureValueTypeAddress(_Object): ...
class SecureValueTypeBankStatement(_Object): ...
class SecureValueTypeDriverLicense(_Object): ...
class SecureValueTypeEmail(_Object): ...
class SecureValueTypeIdentityCard(_Object): ...
class SecureValueTypeInternalPassport(_Object): ...
class SecureValueTypePassport(_Object): ...
class SecureValueTypePassportRegistration(_Object): ...
class SecureValueTypePersonalDetails(_Object): ...
class SecureValueTypePhone(_Object): ...
class SecureValueTypeRentalAgreement(_Object): ...
class SecureValueTypeTemporaryRegistration(_Object): ...
class SecureValueTypeUtilityBill(_Object): ...
class SendAsPeer(_Object):
    premium_required: builtins.bool = False
    peer: TypePeer
class SendMessageCancelAction(_Object): ...
class SendMessageChooseContactAction(_Object): ...
class SendMessageChooseStickerAction(_Object): ...
class SendMessageEmojiInteraction(_Object):
    emoticon: builtins.str
    msg_id: builtins.int
    interaction: TypeDataJSON
class SendMessageEmojiInteractionSeen(_Object):
    emoticon: builtins.str
class SendMessageGamePlayAction(_Object): ...
class SendMessageGeoLocationAction(_Object): ...
class SendMessageHistoryImportAction(_Object):
    progress: builtins.int
class SendMessageRecordAudioAction(_Object): ...
class SendMessageRecordRoundAction(_Object): ...
class SendMessageRecordVideoAction(_Object): ...
class SendMessageRichMessageDraftAction(_Object):
    can_stop: builtins.bool = False
    keep_on_stop: builtins.bool = False
    random_id: builtins.int
    rich_message: TypeRichMessage
class SendMessageStopDraftAction(_Object):
    random_id: builtins.int
class SendMessageTextDraftAction(_Object):
    can_stop: builtins.bool = False
    keep_on_stop: builtins.bool = False
    random_id: builtins.int
    text: TypeTextWithEntities
class SendMessageTypingAction(_Object): ...
class SendMessageUploadAudioAction(_Object):
    progress: builtins.int
class SendMessageUploadDocumentAction(_Object):
    progress: builtins.int
class SendMessageUploadPhotoAction(_Object):
    progress: builtins.int
class SendMessageUploadRoundAction(_Object):
    progress: builtins.int
class SendMessageUploadVideoAction(_Object):
    progress: builtins.int
class ShippingOption(_Object):
    id: builtins.str
    title: builtins.str
    prices: Sequence[TypeLabeledPrice]
class SimpleWebViewResultUrl(_Object):
    url: builtins.str
class SmsJob(_Object):
    job_id: builtins.str
    phone_number: builtins.str
    text: builtins.str
class SpeakingInGroupCallAction(_Object): ...
class SponsoredMessage(_Object):
    recommended: builtins.bool = False
    can_report: builtins.bool = False
    random_id: builtins.bytes
    url: builtins.str
    title: builtins.str
    message: builtins.str
    entities: Sequence[TypeMessageEntity] | None = None
    photo: TypePhoto | None = None
    media: TypeMessageMedia | None = None
    color: TypePeerColor | None = None
    button_text: builtins.str
    sponsor_info: builtins.str | None = None
    additional_info: builtins.str | None = None
    min_display_duration: builtins.int | None = None
    max_display_duration: builtins.int | None = None
class SponsoredMessageReportOption(_Object):
    text: builtins.str
    option: builtins.bytes
class SponsoredPeer(_Object):
    random_id: builtins.bytes
    peer: TypePeer
    sponsor_info: builtins.str | None = None
    additional_info: builtins.str | None = None
class SponsoredWebPage(_Object):
    url: builtins.str
    site_name: builtins.str
    photo: TypePhoto | None = None
class StarGift(_Object):
    limited: builtins.bool = False
    sold_out: builtins.bool = False
    birthday: builtins.bool = False
    require_premium: builtins.bool = False
    limited_per_user: builtins.bool = False
    peer_color_available: builtins.bool = False
    auction: builtins.bool = False
    id: builtins.int
    sticker: TypeDocument
    stars: builtins.int
    availability_remains: builtins.int | None = None
    availability_total: builtins.int | None = None
    availability_resale: builtins.int | None = None
    convert_stars: builtins.int
    first_sale_date: builtins.int | None = None
    last_sale_date: builtins.int | None = None
    upgrade_stars: builtins.int | None = None
    resell_min_stars: builtins.int | None = None
    title: builtins.str | None = None
    released_by: TypePeer | None = None
    per_user_total: builtins.int | None = None
    per_user_remains: builtins.int | None = None
    locked_until_date: builtins.int | None = None
    auction_slug: builtins.str | None = None
    gifts_per_round: builtins.int | None = None
    auction_start_date: builtins.int | None = None
    upgrade_variants: builtins.int | None = None
    background: TypeStarGiftBackground | None = None
class StarGiftActiveAuctionState(_Object):
    gift: TypeStarGift
    state: TypeStarGiftAuctionState
    user_state: TypeStarGiftAuctionUserState
class StarGiftAttributeBackdrop(_Object):
    name: builtins.str
    backdrop_id: builtins.int
    center_color: builtins.int
    edge_color: builtins.int
    pattern_color: builtins.int
    text_color: builtins.int
    rarity: TypeStarGiftAttributeRarity
class StarGiftAttributeCounter(_Object):
    attribute: TypeStarGiftAttributeId
    count: builtins.int
class StarGiftAttributeIdBackdrop(_Object):
    backdrop_id: builtins.int
class StarGiftAttributeIdModel(_Object):
    document_id: builtins.int
class StarGiftAttributeIdPattern(_Object):
    document_id: builtins.int
class StarGiftAttributeModel(_Object):
    crafted: builtins.bool = False
    name: builtins.str
    document: TypeDocument
    rarity: TypeStarGiftAttributeRarity
class StarGiftAttributeOriginalDetails(_Object):
    sender_id: TypePeer | None = None
    recipient_id: TypePeer
    date: builtins.int
    message: TypeTextWithEntities | None = None
class StarGiftAttributePattern(_Object):
    name: builtins.str
    document: TypeDocument
    rarity: TypeStarGiftAttributeRarity
class StarGiftAttributeRarity(_Object):
    permille: builtins.int
class StarGiftAttributeRarityEpic(_Object): ...
class StarGiftAttributeRarityLegendary(_Object): ...
class StarGiftAttributeRarityRare(_Object): ...
class StarGiftAttributeRarityUncommon(_Object): ...
class StarGiftAuctionAcquiredGift(_Object):
    name_hidden: builtins.bool = False
    peer: TypePeer
    date: builtins.int
    bid_amount: builtins.int
    round: builtins.int
    pos: builtins.int
    message: TypeTextWithEntities | None = None
    gift_num: builtins.int | None = None
class StarGiftAuctionRound(_Object):
    num: builtins.int
    duration: builtins.int
class StarGiftAuctionRoundExtendable(_Object):
    num: builtins.int
    duration: builtins.int
    extend_top: builtins.int
    extend_window: builtins.int
class StarGiftAuctionState(_Object):
    version: builtins.int
    start_date: builtins.int
    end_date: builtins.int
    min_bid_amount: builtins.int
    bid_levels: Sequence[TypeAuctionBidLevel]
    top_bidders: Sequence[builtins.int]
    next_round_at: builtins.int
    last_gift_num: builtins.int
    gifts_left: builtins.int
    current_round: builtins.int
    total_rounds: builtins.int
    rounds: Sequence[TypeStarGiftAuctionRound]
class StarGiftAuctionStateFinished(_Object):
    start_date: builtins.int
    end_date: builtins.int
    average_price: builtins.int
    listed_count: builtins.int | None = None
    fragment_listed_count: builtins.int | None = None
    fragment_listed_url: builtins.str | None = None
class StarGiftAuctionStateNotModified(_Object): ...
class StarGiftAuctionUserState(_Object):
    returned: builtins.bool = False
    bid_amount: builtins.int | None = None
    bid_date: builtins.int | None = None
    min_bid_amount: builtins.int | None = None
    bid_peer: TypePeer | None = None
    acquired_count: builtins.int
class StarGiftBackground(_Object):
    center_color: builtins.int
    edge_color: builtins.int
    text_color: builtins.int
class StarGiftCollection(_Object):
    collection_id: builtins.int
    title: builtins.str
    icon: TypeDocument | None = None
    gifts_count: builtins.int
    hash: builtins.int
class StarGiftUnique(_Object):
    require_premium: builtins.bool = False
    resale_ton_only: builtins.bool = False
    theme_available: builtins.bool = False
    burned: builtins.bool = False
    crafted: builtins.bool = False
    id: builtins.int
    gift_id: builtins.int
    title: builtins.str
    slug: builtins.str
    num: builtins.int
    owner_id: TypePeer | None = None
    owner_name: builtins.str | None = None
    owner_address: builtins.str | None = None
    attributes: Sequence[TypeStarGiftAttribute]
    availability_issued: builtins.int
    availability_total: builtins.int
    gift_address: builtins.str | None = None
    resell_amount: Sequence[TypeStarsAmount] | None = None
    released_by: TypePeer | None = None
    value_amount: builtins.int | None = None
    value_currency: builtins.str | None = None
    value_usd_amount: builtins.int | None = None
    theme_peer: TypePeer | None = None
    peer_color: TypePeerColor | None = None
    host_id: TypePeer | None = None
    offer_min_stars: builtins.int | None = None
    craft_chance_permille: builtins.int | None = None
class StarGiftUpgradePrice(_Object):
    date: builtins.int
    upgrade_stars: builtins.int
class StarRefProgram(_Object):
    bot_id: builtins.int
    commission_permille: builtins.int
    duration_months: builtins.int | None = None
    end_date: builtins.int | None = None
    daily_revenue_per_user: TypeStarsAmount | None = None
class StarsAmount(_Object):
    amount: builtins.int
    nanos: builtins.int
class StarsGiftOption(_Object):
    extended: builtins.bool = False
    stars: builtins.int
    store_product: builtins.str | None = None
    currency: builtins.str
    amount: builtins.int
class StarsGiveawayOption(_Object):
    extended: builtins.bool = False
    default: builtins.bool = False
    stars: builtins.int
    yearly_boosts: builtins.int
    store_product: builtins.str | None = None
    currency: builtins.str
    amount: builtins.int
    winners: Sequence[TypeStarsGiveawayWinnersOption]
class StarsGiveawayWinnersOption(_Object):
    default: builtins.bool = False
    users: builtins.int
    per_user_stars: builtins.int
class StarsRating(_Object):
    level: builtins.int
    current_level_stars: builtins.int
    stars: builtins.int
    next_level_stars: builtins.int | None = None
class StarsRevenueStatus(_Object):
    withdrawal_enabled: builtins.bool = False
    current_balance: TypeStarsAmount
    available_balance: TypeStarsAmount
    overall_revenue: TypeStarsAmount
    next_withdrawal_at: builtins.int | None = None
class StarsSubscription(_Object):
    canceled: builtins.bool = False
    can_refulfill: builtins.bool = False
    missing_balance: builtins.bool = False
    bot_canceled: builtins.bool = False
    id: builtins.str
    peer: TypePeer
    until_date: builtins.int
    pricing: TypeStarsSubscriptionPricing
    chat_invite_hash: builtins.str | None = None
    title: builtins.str | None = None
    photo: TypeWebDocument | None = None
    invoice_slug: builtins.str | None = None
class StarsSubscriptionPricing(_Object):
    period: builtins.int
    amount: builtins.int
class StarsTonAmount(_Object):
    amount: builtins.int
class StarsTopupOption(_Object):
    extended: builtins.bool = False
    stars: builtins.int
    store_product: builtins.str | None = None
    currency: builtins.str
    amount: builtins.int
class StarsTransaction(_Object):
    refund: builtins.bool = False
    pending: builtins.bool = False
    failed: builtins.bool = False
    gift: builtins.bool = False
    reaction: builtins.bool = False
    stargift_upgrade: builtins.bool = False
    business_transfer: builtins.bool = False
    stargift_resale: builtins.bool = False
    posts_search: builtins.bool = False
    stargift_prepaid_upgrade: builtins.bool = False
    stargift_drop_original_details: builtins.bool = False
    phonegroup_message: builtins.bool = False
    stargift_auction_bid: builtins.bool = False
    offer: builtins.bool = False
    id: builtins.str
    amount: TypeStarsAmount
    date: builtins.int
    peer: TypeStarsTransactionPeer
    title: builtins.str | None = None
    description: builtins.str | None = None
    photo: TypeWebDocument | None = None
    transaction_date: builtins.int | None = None
    transaction_url: builtins.str | None = None
    bot_payload: builtins.bytes | None = None
    msg_id: builtins.int | None = None
    extended_media: Sequence[TypeMessageMedia] | None = None
    subscription_period: builtins.int | None = None
    giveaway_post_id: builtins.int | None = None
    stargift: TypeStarGift | None = None
    floodskip_number: builtins.int | None = None
    starref_commission_permille: builtins.int | None = None
    starref_peer: TypePeer | None = None
    starref_amount: TypeStarsAmount | None = None
    paid_messages: builtins.int | None = None
    premium_gift_months: builtins.int | None = None
    ads_proceeds_from_date: builtins.int | None = None
    ads_proceeds_to_date: builtins.int | None = None
class StarsTransactionPeer(_Object):
    peer: TypePeer
class StarsTransactionPeerAPI(_Object): ...
class StarsTransactionPeerAds(_Object): ...
class StarsTransactionPeerAppStore(_Object): ...
class StarsTransactionPeerFragment(_Object): ...
class StarsTransactionPeerPlayMarket(_Object): ...
class StarsTransactionPeerPremiumBot(_Object): ...
class StarsTransactionPeerUnsupported(_Object): ...
class StatsAbsValueAndPrev(_Object):
    current: builtins.float
    previous: builtins.float
class StatsDateRangeDays(_Object):
    min_date: builtins.int
    max_date: builtins.int
class StatsGraph(_Object):
    json: TypeDataJSON
    zoom_token: builtins.str | None = None
class StatsGraphAsync(_Object):
    token: builtins.str
class StatsGraphError(_Object):
    error: builtins.str
class StatsGroupTopAdmin(_Object):
    user_id: builtins.int
    deleted: builtins.int
    kicked: builtins.int
    banned: builtins.int
class StatsGroupTopInviter(_Object):
    user_id: builtins.int
    invitations: builtins.int
class StatsGroupTopPoster(_Object):
    user_id: builtins.int
    messages: builtins.int
    avg_chars: builtins.int
class StatsPercentValue(_Object):
    part: builtins.float
    total: builtins.float
class StatsURL(_Object):
    url: builtins.str
class StickerKeyword(_Object):
    document_id: builtins.int
    keyword: Sequence[builtins.str]
class StickerPack(_Object):
    emoticon: builtins.str
    documents: Sequence[builtins.int]
class StickerSet(_Object):
    archived: builtins.bool = False
    official: builtins.bool = False
    masks: builtins.bool = False
    emojis: builtins.bool = False
    text_color: builtins.bool = False
    channel_emoji_status: builtins.bool = False
    creator: builtins.bool = False
    installed_date: builtins.int | None = None
    id: builtins.int
    access_hash: builtins.int
    title: builtins.str
    short_name: builtins.str
    thumbs: Sequence[TypePhotoSize] | None = None
    thumb_dc_id: builtins.int | None = None
    thumb_version: builtins.int | None = None
    thumb_document_id: builtins.int | None = None
    count: builtins.int
    hash: builtins.int
    animated: builtins.bool = False
    videos: builtins.bool = False
class StickerSetCovered(_Object):
    set: TypeStickerSet
    cover: TypeDocument
class StickerSetFullCovered(_Object):
    set: TypeStickerSet
    packs: Sequence[TypeStickerPack]
    keywords: Sequence[TypeStickerKeyword]
    documents: Sequence[TypeDocument]
class StickerSetMultiCovered(_Object):
    set: TypeStickerSet
    covers: Sequence[TypeDocument]
class StickerSetNoCovered(_Object):
    set: TypeStickerSet
class StoriesStealthMode(_Object):
    active_until_date: builtins.int | None = None
    cooldown_until_date: builtins.int | None = None
class StoryAlbum(_Object):
    album_id: builtins.int
    title: builtins.str
    icon_photo: TypePhoto | None = None
    icon_video: TypeDocument | None = None
class StoryFwdHeader(_Object):
    modified: builtins.bool = False
    from_: TypePeer | None = None
    from_name: builtins.str | None = None
    story_id: builtins.int | None = None
class StoryItem(_Object):
    pinned: builtins.bool = False
    public: builtins.bool = False
    close_friends: builtins.bool = False
    min: builtins.bool = False
    noforwards: builtins.bool = False
    edited: builtins.bool = False
    contacts: builtins.bool = False
    selected_contacts: builtins.bool = False
    out: builtins.bool = False
    id: builtins.int
    date: builtins.int
    from_id: TypePeer | None = None
    fwd_from: TypeStoryFwdHeader | None = None
    expire_date: builtins.int
    caption: builtins.str | None = None
    entities: Sequence[TypeMessageEntity] | None = None
    media: TypeMessageMedia
    media_areas: Sequence[TypeMediaArea] | None = None
    privacy: Sequence[TypePrivacyRule] | None = None
    views: TypeStoryViews | None = None
    sent_reaction: TypeReaction | None = None
    albums: Sequence[builtins.int] | None = None
    music: TypeDocument | None = None
class StoryItemDeleted(_Object):
    id: builtins.int
class StoryItemSkipped(_Object):
    close_friends: builtins.bool = False
    live: builtins.bool = False
    id: builtins.int
    date: builtins.int
    expire_date: builtins.int
class StoryReaction(_Object):
    peer_id: TypePeer
    date: builtins.int
    reaction: TypeReaction
class StoryReactionPublicForward(_Object):
    message: TypeMessage
class StoryReactionPublicRepost(_Object):
    peer_id: TypePeer
    story: TypeStoryItem
class StoryView(_Object):
    blocked: builtins.bool = False
    blocked_my_stories_from: builtins.bool = False
    user_id: builtins.int
    date: builtins.int
    reaction: TypeReaction | None = None
class StoryViewPublicForward(_Object):
    blocked: builtins.bool = False
    blocked_my_stories_from: builtins.bool = False
    message: TypeMessage
class StoryViewPublicRepost(_Object):
    blocked: builtins.bool = False
    blocked_my_stories_from: builtins.bool = False
    peer_id: TypePeer
    story: TypeStoryItem
class StoryViews(_Object):
    has_viewers: builtins.bool = False
    views_count: builtins.int
    forwards_count: builtins.int | None = None
    reactions: Sequence[TypeReactionCount] | None = None
    reactions_count: builtins.int | None = None
    recent_viewers: Sequence[builtins.int] | None = None
class SuggestedPost(_Object):
    accepted: builtins.bool = False
    rejected: builtins.bool = False
    price: TypeStarsAmount | None = None
    schedule_date: builtins.int | None = None
class TextAnchor(_Object):
    text: TypeRichText
    name: builtins.str
class TextAutoEmail(_Object):
    text: TypeRichText
class TextAutoPhone(_Object):
    text: TypeRichText
class TextAutoUrl(_Object):
    text: TypeRichText
class TextBankCard(_Object):
    text: TypeRichText
class TextBold(_Object):
    text: TypeRichText
class TextBotCommand(_Object):
    text: TypeRichText
class TextButton(_Object):
    text: TypeRichText
    type: TypeInlineButtonType
    style: TypeRichButtonStyle | None = None
class TextCashtag(_Object):
    text: TypeRichText
class TextConcat(_Object):
    texts: Sequence[TypeRichText]
class TextCustomEmoji(_Object):
    document_id: builtins.int
    alt: builtins.str
class TextDate(_Object):
    relative: builtins.bool = False
    short_time: builtins.bool = False
    long_time: builtins.bool = False
    short_date: builtins.bool = False
    long_date: builtins.bool = False
    day_of_week: builtins.bool = False
    text: TypeRichText
    date: builtins.int
class TextDiff(_Object):
    text: TypeRichText
    old_text: TypeRichText
class TextEmail(_Object):
    text: TypeRichText
    email: builtins.str
class TextEmpty(_Object): ...
class TextFixed(_Object):
    text: TypeRichText
class TextHashtag(_Object):
    text: TypeRichText
class TextImage(_Object):
    document_id: builtins.int
    w: builtins.int
    h: builtins.int
class TextItalic(_Object):
    text: TypeRichText
class TextMarked(_Object):
    text: TypeRichText
class TextMath(_Object):
    source: builtins.str
class TextMention(_Object):
    text: TypeRichText
class TextMentionName(_Object):
    text: TypeRichText
    user_id: builtins.int
class TextPhone(_Object):
    text: TypeRichText
    phone: builtins.str
class TextPlain(_Object):
    text: builtins.str
class TextSpoiler(_Object):
    text: TypeRichText
class TextStrike(_Object):
    text: TypeRichText
class TextSubscript(_Object):
    text: TypeRichText
class TextSuperscript(_Object):
    text: TypeRichText
class TextUnderline(_Object):
    text: TypeRichText
class TextUrl(_Object):
    text: TypeRichText
    url: builtins.str
    webpage_id: builtins.int
class TextWithEntities(_Object):
    text: builtins.str
    entities: Sequence[TypeMessageEntity]
class Theme(_Object):
    creator: builtins.bool = False
    default: builtins.bool = False
    for_chat: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int
    slug: builtins.str
    title: builtins.str
    document: TypeDocument | None = None
    settings: Sequence[TypeThemeSettings] | None = None
    emoticon: builtins.str | None = None
    installs_count: builtins.int | None = None
class ThemeSettings(_Object):
    message_colors_animated: builtins.bool = False
    base_theme: TypeBaseTheme
    accent_color: builtins.int
    outbox_accent_color: builtins.int | None = None
    message_colors: Sequence[builtins.int] | None = None
    wallpaper: TypeWallPaper | None = None
class Timezone(_Object):
    id: builtins.str
    name: builtins.str
    utc_offset: builtins.int
class TodoCompletion(_Object):
    id: builtins.int
    completed_by: TypePeer
    date: builtins.int
class TodoItem(_Object):
    id: builtins.int
    title: TypeTextWithEntities
class TodoList(_Object):
    others_can_append: builtins.bool = False
    others_can_complete: builtins.bool = False
    title: TypeTextWithEntities
    list: Sequence[TypeTodoItem]
class TopPeer(_Object):
    peer: TypePeer
    rating: builtins.float
class TopPeerCategoryBotsApp(_Object): ...
class TopPeerCategoryBotsGuestChat(_Object): ...
class TopPeerCategoryBotsInline(_Object): ...
class TopPeerCategoryBotsPM(_Object): ...
class TopPeerCategoryChannels(_Object): ...
class TopPeerCategoryCorrespondents(_Object): ...
class TopPeerCategoryForwardChats(_Object): ...
class TopPeerCategoryForwardUsers(_Object): ...
class TopPeerCategoryGroups(_Object): ...
class TopPeerCategoryPeers(_Object):
    category: TypeTopPeerCategory
    count: builtins.int
    peers: Sequence[TypeTopPeer]
class TopPeerCategoryPhoneCalls(_Object): ...
class UpdateAiComposeTones(_Object): ...
class UpdateAttachMenuBots(_Object): ...
class UpdateAutoSaveSettings(_Object): ...
class UpdateBotBusinessConnect(_Object):
    connection: TypeBotBusinessConnection
    qts: builtins.int
class UpdateBotCallbackQuery(_Object):
    query_id: builtins.int
    user_id: builtins.int
    peer: TypePeer
    msg_id: builtins.int
    chat_instance: builtins.int
    data: builtins.bytes | None = None
    game_short_name: builtins.str | None = None
class UpdateBotChatBoost(_Object):
    peer: TypePeer
    boost: TypeBoost
    qts: builtins.int
class UpdateBotChatInviteRequester(_Object):
    peer: TypePeer
    date: builtins.int
    user_id: builtins.int
    about: builtins.str
    invite: TypeExportedChatInvite
    qts: builtins.int
    query_id: builtins.int | None = None
class UpdateBotCommands(_Object):
    peer: TypePeer
    bot_id: builtins.int
    commands: Sequence[TypeBotCommand]
class UpdateBotDeleteBusinessMessage(_Object):
    connection_id: builtins.str
    peer: TypePeer
    messages: Sequence[builtins.int]
    qts: builtins.int
class UpdateBotEditBusinessMessage(_Object):
    connection_id: builtins.str
    message: TypeMessage
    reply_to_message: TypeMessage | None = None
    qts: builtins.int
class UpdateBotGuestChatQuery(_Object):
    query_id: builtins.int
    message: TypeMessage
    reference_messages: Sequence[TypeMessage] | None = None
    qts: builtins.int
class UpdateBotInlineQuery(_Object):
    query_id: builtins.int
    user_id: builtins.int
    query: builtins.str
    geo: TypeGeoPoint | None = None
    peer_type: TypeInlineQueryPeerType | None = None
    offset: builtins.str
class UpdateBotInlineSend(_Object):
    user_id: builtins.int
    query: builtins.str
    geo: TypeGeoPoint | None = None
    id: builtins.str
    msg_id: TypeInputBotInlineMessageID | None = None
class UpdateBotMenuButton(_Object):
    bot_id: builtins.int
    button: TypeBotMenuButton
class UpdateBotMessageReaction(_Object):
    peer: TypePeer
    msg_id: builtins.int
    date: builtins.int
    actor: TypePeer
    old_reactions: Sequence[TypeReaction]
    new_reactions: Sequence[TypeReaction]
    qts: builtins.int
class UpdateBotMessageReactions(_Object):
    peer: TypePeer
    msg_id: builtins.int
    date: builtins.int
    reactions: Sequence[TypeReactionCount]
    qts: builtins.int
class UpdateBotNewBusinessMessage(_Object):
    connection_id: builtins.str
    message: TypeMessage
    reply_to_message: TypeMessage | None = None
    qts: builtins.int
class UpdateBotPrecheckoutQuery(_Object):
    query_id: builtins.int
    user_id: builtins.int
    payload: builtins.bytes
    info: TypePaymentRequestedInfo | None = None
    shipping_option_id: builtins.str | None = None
    currency: builtins.str
    total_amount: builtins.int
class UpdateBotPurchasedPaidMedia(_Object):
    user_id: builtins.int
    payload: builtins.str
    qts: builtins.int
class UpdateBotShippingQuery(_Object):
    query_id: builtins.int
    user_id: builtins.int
    payload: builtins.bytes
    shipping_address: TypePostAddress
class UpdateBotStarsSubscription(_Object):
    canceled: builtins.bool = False
    payment_failed: builtins.bool = False
    restored: builtins.bool = False
    user_id: builtins.int
    payload: builtins.bytes
    qts: builtins.int
class UpdateBotStopped(_Object):
    user_id: builtins.int
    date: builtins.int
    stopped: builtins.bool
    qts: builtins.int
class UpdateBotWebhookJSON(_Object):
    data: TypeDataJSON
class UpdateBotWebhookJSONQuery(_Object):
    query_id: builtins.int
    data: TypeDataJSON
    timeout: builtins.int
class UpdateBroadcastRevenueTransactions(_Object):
    peer: TypePeer
    balances: TypeBroadcastRevenueBalances
class UpdateBusinessBotCallbackQuery(_Object):
    query_id: builtins.int
    user_id: builtins.int
    connection_id: builtins.str
    message: TypeMessage
    reply_to_message: TypeMessage | None = None
    chat_instance: builtins.int
    data: builtins.bytes | None = None
class UpdateChannel(_Object):
    channel_id: builtins.int
class UpdateChannelAvailableMessages(_Object):
    channel_id: builtins.int
    available_min_id: builtins.int
class UpdateChannelMessageForwards(_Object):
    channel_id: builtins.int
    id: builtins.int
    forwards: builtins.int
class UpdateChannelMessageViews(_Object):
    channel_id: builtins.int
    id: builtins.int
    views: builtins.int
class UpdateChannelParticipant(_Object):
    via_chatlist: builtins.bool = False
    channel_id: builtins.int
    date: builtins.int
    actor_id: builtins.int
    user_id: builtins.int
    prev_participant: TypeChannelParticipant | None = None
    new_participant: TypeChannelParticipant | None = None
    invite: TypeExportedChatInvite | None = None
    qts: builtins.int
class UpdateChannelPinnedTopic(_Object):
    pinned: builtins.bool = False
    channel_id: builtins.int
    topic_id: builtins.int
class UpdateChannelPinnedTopics(_Object):
    channel_id: builtins.int
    order: Sequence[builtins.int] | None = None
class UpdateChannelReadMessagesContents(_Object):
    channel_id: builtins.int
    top_msg_id: builtins.int | None = None
    saved_peer_id: TypePeer | None = None
    messages: Sequence[builtins.int]
class UpdateChannelTooLong(_Object):
    channel_id: builtins.int
    pts: builtins.int | None = None
class UpdateChannelUserTyping(_Object):
    channel_id: builtins.int
    top_msg_id: builtins.int | None = None
    from_id: TypePeer
    action: TypeSendMessageAction
class UpdateChannelViewForumAsMessages(_Object):
    channel_id: builtins.int
    enabled: builtins.bool
class UpdateChannelWebPage(_Object):
    channel_id: builtins.int
    webpage: TypeWebPage
    pts: builtins.int
    pts_count: builtins.int
class UpdateChat(_Object):
    chat_id: builtins.int
class UpdateChatDefaultBannedRights(_Object):
    peer: TypePeer
    default_banned_rights: TypeChatBannedRights
    version: builtins.int
class UpdateChatParticipant(_Object):
    chat_id: builtins.int
    date: builtins.int
    actor_id: builtins.int
    user_id: builtins.int
    prev_participant: TypeChatParticipant | None = None
    new_participant: TypeChatParticipant | None = None
    invite: TypeExportedChatInvite | None = None
    qts: builtins.int
class UpdateChatParticipantAdd(_Object):
    chat_id: builtins.int
    user_id: builtins.int
    inviter_id: builtins.int
    date: builtins.int
    version: builtins.int
class UpdateChatParticipantAdmin(_Object):
    chat_id: builtins.int
    user_id: builtins.int
    is_admin: builtins.bool
    version: builtins.int
class UpdateChatParticipantDelete(_Object):
    chat_id: builtins.int
    user_id: builtins.int
    version: builtins.int
class UpdateChatParticipantRank(_Object):
    chat_id: builtins.int
    user_id: builtins.int
    rank: builtins.str
    version: builtins.int
class UpdateChatParticipants(_Object):
    participants: TypeChatParticipants
class UpdateChatUserTyping(_Object):
    chat_id: builtins.int
    from_id: TypePeer
    action: TypeSendMessageAction
class UpdateConfig(_Object): ...
class UpdateContactsReset(_Object): ...
class UpdateDcOptions(_Object):
    dc_options: Sequence[TypeDcOption]
class UpdateDeleteChannelMessages(_Object):
    channel_id: builtins.int
    messages: Sequence[builtins.int]
    pts: builtins.int
    pts_count: builtins.int
class UpdateDeleteEphemeralMessages(_Object):
    peer: TypePeer
    ids: Sequence[builtins.int]
class UpdateDeleteGroupCallMessages(_Object):
    call: TypeInputGroupCall
    messages: Sequence[builtins.int]
class UpdateDeleteMessages(_Object):
    messages: Sequence[builtins.int]
    pts: builtins.int
    pts_count: builtins.int
class UpdateDeleteQuickReply(_Object):
    shortcut_id: builtins.int
class UpdateDeleteQuickReplyMessages(_Object):
    shortcut_id: builtins.int
    messages: Sequence[builtins.int]
class UpdateDeleteScheduledMessages(_Object):
    peer: TypePeer
    messages: Sequence[builtins.int]
    sent_messages: Sequence[builtins.int] | None = None
class UpdateDialogFilter(_Object):
    id: builtins.int
    filter: TypeDialogFilter | None = None
class UpdateDialogFilterOrder(_Object):
    order: Sequence[builtins.int]
class UpdateDialogFilters(_Object): ...
class UpdateDialogPinned(_Object):
    pinned: builtins.bool = False
    folder_id: builtins.int | None = None
    peer: TypeDialogPeer
class UpdateDialogUnreadMark(_Object):
    unread: builtins.bool = False
    peer: TypeDialogPeer
    saved_peer_id: TypePeer | None = None
class UpdateDraftMessage(_Object):
    peer: TypePeer
    top_msg_id: builtins.int | None = None
    saved_peer_id: TypePeer | None = None
    draft: TypeDraftMessage
class UpdateEditChannelMessage(_Object):
    message: TypeMessage
    pts: builtins.int
    pts_count: builtins.int
class UpdateEditEphemeralMessage(_Object):
    message: TypeEphemeralMessage
class UpdateEditMessage(_Object):
    message: TypeMessage
    pts: builtins.int
    pts_count: builtins.int
class UpdateEmojiGameInfo(_Object):
    info: _messages_TypeEmojiGameInfo
class UpdateEncryptedChatTyping(_Object):
    chat_id: builtins.int
class UpdateEncryptedMessagesRead(_Object):
    chat_id: builtins.int
    max_date: builtins.int
    date: builtins.int
class UpdateEncryption(_Object):
    chat: TypeEncryptedChat
    date: builtins.int
class UpdateEphemeralBotCallbackQuery(_Object):
    query_id: builtins.int
    user_id: builtins.int
    peer: TypePeer | None = None
    msg_id: builtins.int
    data: builtins.bytes
    chat_instance: builtins.int | None = None
    message: TypeEphemeralMessage
class UpdateFavedStickers(_Object): ...
class UpdateFolderPeers(_Object):
    folder_peers: Sequence[TypeFolderPeer]
    pts: builtins.int
    pts_count: builtins.int
class UpdateGeoLiveViewed(_Object):
    peer: TypePeer
    msg_id: builtins.int
class UpdateGroupCall(_Object):
    live_story: builtins.bool = False
    peer: TypePeer | None = None
    call: TypeGroupCall
class UpdateGroupCallChainBlocks(_Object):
    call: TypeInputGroupCall
    sub_chain_id: builtins.int
    blocks: Sequence[builtins.bytes]
    next_offset: builtins.int
class UpdateGroupCallConnection(_Object):
    presentation: builtins.bool = False
    params: TypeDataJSON
class UpdateGroupCallEncryptedMessage(_Object):
    call: TypeInputGroupCall
    from_id: TypePeer
    encrypted_message: builtins.bytes
class UpdateGroupCallMessage(_Object):
    call: TypeInputGroupCall
    message: TypeGroupCallMessage
class UpdateGroupCallParticipants(_Object):
    call: TypeInputGroupCall
    participants: Sequence[TypeGroupCallParticipant]
    version: builtins.int
class UpdateGroupInvitePrivacyForbidden(_Object):
    user_id: builtins.int
class UpdateInlineBotCallbackQuery(_Object):
    query_id: builtins.int
    user_id: builtins.int
    msg_id: TypeInputBotInlineMessageID
    chat_instance: builtins.int
    data: builtins.bytes | None = None
    game_short_name: builtins.str | None = None
class UpdateJoinChatWebViewDecision(_Object):
    peer: TypePeer
    query_id: builtins.int
    result: TypeJoinChatBotResult
class UpdateLangPack(_Object):
    difference: TypeLangPackDifference
class UpdateLangPackTooLong(_Object):
    lang_code: builtins.str
class UpdateLoginToken(_Object): ...
class UpdateManagedBot(_Object):
    user_id: builtins.int
    bot_id: builtins.int
    qts: builtins.int
class UpdateMessageExtendedMedia(_Object):
    peer: TypePeer
    msg_id: builtins.int
    extended_media: Sequence[TypeMessageExtendedMedia]
class UpdateMessageID(_Object):
    id: builtins.int
    random_id: builtins.int
class UpdateMessagePoll(_Object):
    peer: TypePeer | None = None
    msg_id: builtins.int | None = None
    top_msg_id: builtins.int | None = None
    poll_id: builtins.int
    poll: TypePoll | None = None
    results: TypePollResults
class UpdateMessagePollVote(_Object):
    poll_id: builtins.int
    peer: TypePeer
    options: Sequence[builtins.bytes]
    positions: Sequence[builtins.int]
    qts: builtins.int
class UpdateMessageReactions(_Object):
    peer: TypePeer
    msg_id: builtins.int
    top_msg_id: builtins.int | None = None
    saved_peer_id: TypePeer | None = None
    reactions: TypeMessageReactions
class UpdateMonoForumNoPaidException(_Object):
    exception: builtins.bool = False
    channel_id: builtins.int
    saved_peer_id: TypePeer
class UpdateMoveStickerSetToTop(_Object):
    masks: builtins.bool = False
    emojis: builtins.bool = False
    stickerset: builtins.int
class UpdateNewAuthorization(_Object):
    unconfirmed: builtins.bool = False
    hash: builtins.int
    date: builtins.int | None = None
    device: builtins.str | None = None
    location: builtins.str | None = None
class UpdateNewBotConnection(_Object):
    confirmed: builtins.bool = False
    bot_id: builtins.int
    date: builtins.int | None = None
    device: builtins.str | None = None
    location: builtins.str | None = None
class UpdateNewChannelMessage(_Object):
    message: TypeMessage
    pts: builtins.int
    pts_count: builtins.int
class UpdateNewEncryptedMessage(_Object):
    message: TypeEncryptedMessage
    qts: builtins.int
class UpdateNewEphemeralMessage(_Object):
    message: TypeEphemeralMessage
class UpdateNewMessage(_Object):
    message: TypeMessage
    pts: builtins.int
    pts_count: builtins.int
class UpdateNewQuickReply(_Object):
    quick_reply: TypeQuickReply
class UpdateNewScheduledMessage(_Object):
    message: TypeMessage
class UpdateNewStickerSet(_Object):
    stickerset: _messages_TypeStickerSet
class UpdateNewStoryReaction(_Object):
    story_id: builtins.int
    peer: TypePeer
    reaction: TypeReaction
class UpdateNotifySettings(_Object):
    peer: TypeNotifyPeer
    notify_settings: TypePeerNotifySettings
class UpdatePaidReactionPrivacy(_Object):
    private: TypePaidReactionPrivacy
class UpdatePeerBlocked(_Object):
    blocked: builtins.bool = False
    blocked_my_stories_from: builtins.bool = False
    peer_id: TypePeer
class UpdatePeerHistoryTTL(_Object):
    peer: TypePeer
    ttl_period: builtins.int | None = None
class UpdatePeerLocated(_Object):
    peers: Sequence[TypePeerLocated]
class UpdatePeerSettings(_Object):
    peer: TypePeer
    settings: TypePeerSettings
class UpdatePeerWallpaper(_Object):
    wallpaper_overridden: builtins.bool = False
    peer: TypePeer
    wallpaper: TypeWallPaper | None = None
class UpdatePendingJoinRequests(_Object):
    peer: TypePeer
    requests_pending: builtins.int
    recent_requesters: Sequence[builtins.int]
class UpdatePhoneCall(_Object):
    phone_call: TypePhoneCall
class UpdatePhoneCallSignalingData(_Object):
    phone_call_id: builtins.int
    data: builtins.bytes
class UpdatePinnedChannelMessages(_Object):
    pinned: builtins.bool = False
    channel_id: builtins.int
    messages: Sequence[builtins.int]
    pts: builtins.int
    pts_count: builtins.int
class UpdatePinnedDialogs(_Object):
    folder_id: builtins.int | None = None
    order: Sequence[TypeDialogPeer] | None = None
class UpdatePinnedForumTopic(_Object):
    pinned: builtins.bool = False
    peer: TypePeer
    topic_id: builtins.int
class UpdatePinnedForumTopics(_Object):
    peer: TypePeer
    order: Sequence[builtins.int] | None = None
class UpdatePinnedMessages(_Object):
    pinned: builtins.bool = False
    peer: TypePeer
    messages: Sequence[builtins.int]
    pts: builtins.int
    pts_count: builtins.int
class UpdatePinnedSavedDialogs(_Object):
    order: Sequence[TypeDialogPeer] | None = None
class UpdatePrivacy(_Object):
    key: TypePrivacyKey
    rules: Sequence[TypePrivacyRule]
class UpdatePtsChanged(_Object): ...
class UpdateQuickReplies(_Object):
    quick_replies: Sequence[TypeQuickReply]
class UpdateQuickReplyMessage(_Object):
    message: TypeMessage
class UpdateReadChannelDiscussionInbox(_Object):
    channel_id: builtins.int
    top_msg_id: builtins.int
    read_max_id: builtins.int
    broadcast_id: builtins.int | None = None
    broadcast_post: builtins.int | None = None
class UpdateReadChannelDiscussionOutbox(_Object):
    channel_id: builtins.int
    top_msg_id: builtins.int
    read_max_id: builtins.int
class UpdateReadChannelInbox(_Object):
    folder_id: builtins.int | None = None
    channel_id: builtins.int
    max_id: builtins.int
    still_unread_count: builtins.int
    pts: builtins.int
class UpdateReadChannelOutbox(_Object):
    channel_id: builtins.int
    max_id: builtins.int
class UpdateReadFeaturedEmojiStickers(_Object): ...
class UpdateReadFeaturedStickers(_Object): ...
class UpdateReadHistoryInbox(_Object):
    folder_id: builtins.int | None = None
    peer: TypePeer
    top_msg_id: builtins.int | None = None
    max_id: builtins.int
    still_unread_count: builtins.int
    pts: builtins.int
    pts_count: builtins.int
class UpdateReadHistoryOutbox(_Object):
    peer: TypePeer
    max_id: builtins.int
    pts: builtins.int
    pts_count: builtins.int
class UpdateReadMessagesContents(_Object):
    messages: Sequence[builtins.int]
    pts: builtins.int
    pts_count: builtins.int
    date: builtins.int | None = None
class UpdateReadMonoForumInbox(_Object):
    channel_id: builtins.int
    saved_peer_id: TypePeer
    read_max_id: builtins.int
class UpdateReadMonoForumOutbox(_Object):
    channel_id: builtins.int
    saved_peer_id: TypePeer
    read_max_id: builtins.int
class UpdateReadStories(_Object):
    peer: TypePeer
    max_id: builtins.int
class UpdateRecentEmojiStatuses(_Object): ...
class UpdateRecentReactions(_Object): ...
class UpdateRecentStickers(_Object): ...
class UpdateSavedDialogPinned(_Object):
    pinned: builtins.bool = False
    peer: TypeDialogPeer
class UpdateSavedGifs(_Object): ...
class UpdateSavedReactionTags(_Object): ...
class UpdateSavedRingtones(_Object): ...
class UpdateSentPhoneCode(_Object):
    sent_code: _auth_TypeSentCode
class UpdateSentStoryReaction(_Object):
    peer: TypePeer
    story_id: builtins.int
    reaction: TypeReaction
class UpdateServiceNotification(_Object):
    popup: builtins.bool = False
    invert_media: builtins.bool = False
    inbox_date: builtins.int | None = None
    type: builtins.str
    message: builtins.str
    media: TypeMessageMedia
    entities: Sequence[TypeMessageEntity]
class UpdateShort(_Object):
    update: TypeUpdate
    date: builtins.int
class UpdateShortChatMessage(_Object):
    out: builtins.bool = False
    mentioned: builtins.bool = False
    media_unread: builtins.bool = False
    silent: builtins.bool = False
    id: builtins.int
    from_id: builtins.int
    chat_id: builtins.int
    message: builtins.str
    pts: builtins.int
    pts_count: builtins.int
    date: builtins.int
    fwd_from: TypeMessageFwdHeader | None = None
    via_bot_id: builtins.int | None = None
    reply_to: TypeMessageReplyHeader | None = None
    entities: Sequence[TypeMessageEntity] | None = None
    ttl_period: builtins.int | None = None
class UpdateShortMessage(_Object):
    out: builtins.bool = False
    mentioned: builtins.bool = False
    media_unread: builtins.bool = False
    silent: builtins.bool = False
    id: builtins.int
    user_id: builtins.int
    message: builtins.str
    pts: builtins.int
    pts_count: builtins.int
    date: builtins.int
    fwd_from: TypeMessageFwdHeader | None = None
    via_bot_id: builtins.int | None = None
    reply_to: TypeMessageReplyHeader | None = None
    entities: Sequence[TypeMessageEntity] | None = None
    ttl_period: builtins.int | None = None
class UpdateShortSentMessage(_Object):
    out: builtins.bool = False
    id: builtins.int
    pts: builtins.int
    pts_count: builtins.int
    date: builtins.int
    media: TypeMessageMedia | None = None
    entities: Sequence[TypeMessageEntity] | None = None
    ttl_period: builtins.int | None = None
class UpdateSmsJob(_Object):
    job_id: builtins.str
class UpdateStarGiftAuctionState(_Object):
    gift_id: builtins.int
    state: TypeStarGiftAuctionState
class UpdateStarGiftAuctionUserState(_Object):
    gift_id: builtins.int
    user_state: TypeStarGiftAuctionUserState
class UpdateStarGiftCraftFail(_Object): ...
class UpdateStarsBalance(_Object):
    balance: TypeStarsAmount
class UpdateStarsRevenueStatus(_Object):
    peer: TypePeer
    status: TypeStarsRevenueStatus
class UpdateStickerSets(_Object):
    masks: builtins.bool = False
    emojis: builtins.bool = False
class UpdateStickerSetsOrder(_Object):
    masks: builtins.bool = False
    emojis: builtins.bool = False
    order: Sequence[builtins.int]
class UpdateStoriesStealthMode(_Object):
    stealth_mode: TypeStoriesStealthMode
class UpdateStory(_Object):
    peer: TypePeer
    story: TypeStoryItem
class UpdateStoryID(_Object):
    id: builtins.int
    random_id: builtins.int
class UpdateTheme(_Object):
    theme: TypeTheme
class UpdateTranscribedAudio(_Object):
    pending: builtins.bool = False
    peer: TypePeer
    msg_id: builtins.int
    transcription_id: builtins.int
    text: builtins.str
class UpdateUser(_Object):
    user_id: builtins.int
class UpdateUserEmojiStatus(_Object):
    user_id: builtins.int
    emoji_status: TypeEmojiStatus
class UpdateUserName(_Object):
    user_id: builtins.int
    first_name: builtins.str
    last_name: builtins.str
    usernames: Sequence[TypeUsername]
class UpdateUserPhone(_Object):
    user_id: builtins.int
    phone: builtins.str
class UpdateUserStatus(_Object):
    user_id: builtins.int
    status: TypeUserStatus
class UpdateUserTyping(_Object):
    user_id: builtins.int
    top_msg_id: builtins.int | None = None
    action: TypeSendMessageAction
class UpdateWebBrowserException(_Object):
    delete: builtins.bool = False
    open_external_browser: builtins.bool | None = None
    exception: TypeWebDomainException
class UpdateWebBrowserSettings(_Object):
    open_external_browser: builtins.bool = False
    display_close_button: builtins.bool = False
class UpdateWebPage(_Object):
    webpage: TypeWebPage
    pts: builtins.int
    pts_count: builtins.int
class UpdateWebViewResultSent(_Object):
    query_id: builtins.int
class Updates(_Object):
    updates: Sequence[TypeUpdate]
    users: Sequence[TypeUser]
    chats: Sequence[TypeChat]
    date: builtins.int
    seq: builtins.int
class UpdatesCombined(_Object):
    updates: Sequence[TypeUpdate]
    users: Sequence[TypeUser]
    chats: Sequence[TypeChat]
    date: builtins.int
    seq_start: builtins.int
    seq: builtins.int
class UpdatesTooLong(_Object): ...
class UrlAuthResultAccepted(_Object):
    url: builtins.str | None = None
class UrlAuthResultDefault(_Object): ...
class UrlAuthResultRequest(_Object):
    request_write_access: builtins.bool = False
    request_phone_number: builtins.bool = False
    match_codes_first: builtins.bool = False
    is_app: builtins.bool = False
    bot: TypeUser
    domain: builtins.str
    browser: builtins.str | None = None
    platform: builtins.str | None = None
    ip: builtins.str | None = None
    region: builtins.str | None = None
    match_codes: Sequence[builtins.str] | None = None
    user_id_hint: builtins.int | None = None
    verified_app_name: builtins.str | None = None
class User(_Object):
    self: builtins.bool = False
    contact: builtins.bool = False
    mutual_contact: builtins.bool = False
    deleted: builtins.bool = False
    bot: builtins.bool = False
    bot_chat_history: builtins.bool = False
    bot_nochats: builtins.bool = False
    verified: builtins.bool = False
    restricted: builtins.bool = False
    min: builtins.bool = False
    bot_inline_geo: builtins.bool = False
    support: builtins.bool = False
    scam: builtins.bool = False
    apply_min_photo: builtins.bool = False
    fake: builtins.bool = False
    bot_attach_menu: builtins.bool = False
    premium: builtins.bool = False
    attach_menu_enabled: builtins.bool = False
    bot_can_edit: builtins.bool = False
    close_friend: builtins.bool = False
    stories_hidden: builtins.bool = False
    stories_unavailable: builtins.bool = False
    contact_require_premium: builtins.bool = False
    bot_business: builtins.bool = False
    bot_has_main_app: builtins.bool = False
    bot_forum_view: builtins.bool = False
    bot_forum_can_manage_topics: builtins.bool = False
    bot_can_manage_bots: builtins.bool = False
    bot_guestchat: builtins.bool = False
    bot_guard: builtins.bool = False
    id: builtins.int
    access_hash: builtins.int | None = None
    first_name: builtins.str | None = None
    last_name: builtins.str | None = None
    username: builtins.str | None = None
    phone: builtins.str | None = None
    photo: TypeUserProfilePhoto | None = None
    status: TypeUserStatus | None = None
    bot_info_version: builtins.int | None = None
    restriction_reason: Sequence[TypeRestrictionReason] | None = None
    bot_inline_placeholder: builtins.str | None = None
    lang_code: builtins.str | None = None
    emoji_status: TypeEmojiStatus | None = None
    usernames: Sequence[TypeUsername] | None = None
    stories_max_id: TypeRecentStory | None = None
    color: TypePeerColor | None = None
    profile_color: TypePeerColor | None = None
    bot_active_users: builtins.int | None = None
    bot_verification_icon: builtins.int | None = None
    send_paid_messages_stars: builtins.int | None = None
    linked_community_id: builtins.int | None = None
class UserEmpty(_Object):
    id: builtins.int
class UserFull(_Object):
    blocked: builtins.bool = False
    phone_calls_available: builtins.bool = False
    phone_calls_private: builtins.bool = False
    can_pin_message: builtins.bool = False
    has_scheduled: builtins.bool = False
    video_calls_available: builtins.bool = False
    voice_messages_forbidden: builtins.bool = False
    translations_disabled: builtins.bool = False
    stories_pinned_available: builtins.bool = False
    blocked_my_stories_from: builtins.bool = False
    wallpaper_overridden: builtins.bool = False
    contact_require_premium: builtins.bool = False
    read_dates_private: builtins.bool = False
    sponsored_enabled: builtins.bool = False
    can_view_revenue: builtins.bool = False
    bot_can_manage_emoji_status: builtins.bool = False
    display_gifts_button: builtins.bool = False
    noforwards_my_enabled: builtins.bool = False
    noforwards_peer_enabled: builtins.bool = False
    unofficial_security_risk: builtins.bool = False
    id: builtins.int
    about: builtins.str | None = None
    settings: TypePeerSettings
    personal_photo: TypePhoto | None = None
    profile_photo: TypePhoto | None = None
    fallback_photo: TypePhoto | None = None
    notify_settings: TypePeerNotifySettings
    bot_info: TypeBotInfo | None = None
    pinned_msg_id: builtins.int | None = None
    common_chats_count: builtins.int
    folder_id: builtins.int | None = None
    ttl_period: builtins.int | None = None
    theme: TypeChatTheme | None = None
    private_forward_name: builtins.str | None = None
    bot_group_admin_rights: TypeChatAdminRights | None = None
    bot_broadcast_admin_rights: TypeChatAdminRights | None = None
    wallpaper: TypeWallPaper | None = None
    stories: TypePeerStories | None = None
    business_work_hours: TypeBusinessWorkHours | None = None
    business_location: TypeBusinessLocation | None = None
    business_greeting_message: TypeBusinessGreetingMessage | None = None
    business_away_message: TypeBusinessAwayMessage | None = None
    business_intro: TypeBusinessIntro | None = None
    birthday: TypeBirthday | None = None
    personal_channel_id: builtins.int | None = None
    personal_channel_message: builtins.int | None = None
    stargifts_count: builtins.int | None = None
    starref_program: TypeStarRefProgram | None = None
    bot_verification: TypeBotVerification | None = None
    send_paid_messages_stars: builtins.int | None = None
    disallowed_gifts: TypeDisallowedGiftsSettings | None = None
    stars_rating: TypeStarsRating | None = None
    stars_my_pending_rating: TypeStarsRating | None = None
    stars_my_pending_rating_date: builtins.int | None = None
    main_tab: TypeProfileTab | None = None
    saved_music: TypeDocument | None = None
    note: TypeTextWithEntities | None = None
    bot_manager_id: builtins.int | None = None
class UserProfilePhoto(_Object):
    has_video: builtins.bool = False
    personal: builtins.bool = False
    photo_id: builtins.int
    stripped_thumb: builtins.bytes | None = None
    dc_id: builtins.int
class UserProfilePhotoEmpty(_Object): ...
class UserStarGift(_Object):
    name_hidden: builtins.bool = False
    unsaved: builtins.bool = False
    refunded: builtins.bool = False
    can_upgrade: builtins.bool = False
    from_id: builtins.int | None = None
    date: builtins.int
    gift: TypeStarGift
    message: TypeTextWithEntities | None = None
    msg_id: builtins.int | None = None
    convert_stars: builtins.int | None = None
    upgrade_stars: builtins.int | None = None
    can_export_at: builtins.int | None = None
    transfer_stars: builtins.int | None = None
class UserStatusEmpty(_Object): ...
class UserStatusLastMonth(_Object):
    by_me: builtins.bool = False
class UserStatusLastWeek(_Object):
    by_me: builtins.bool = False
class UserStatusOffline(_Object):
    was_online: builtins.int
class UserStatusOnline(_Object):
    expires: builtins.int
class UserStatusRecently(_Object):
    by_me: builtins.bool = False
class UserStories(_Object):
    user_id: builtins.int
    max_read_id: builtins.int | None = None
    stories: Sequence[TypeStoryItem]
class Username(_Object):
    editable: builtins.bool = False
    active: builtins.bool = False
    username: builtins.str
class VideoSize(_Object):
    type: builtins.str
    w: builtins.int
    h: builtins.int
    size: builtins.int
    video_start_ts: builtins.float | None = None
class VideoSizeEmojiMarkup(_Object):
    emoji_id: builtins.int
    background_colors: Sequence[builtins.int]
class VideoSizeStickerMarkup(_Object):
    stickerset: TypeInputStickerSet
    sticker_id: builtins.int
    background_colors: Sequence[builtins.int]
class WallPaper(_Object):
    id: builtins.int
    creator: builtins.bool = False
    default: builtins.bool = False
    pattern: builtins.bool = False
    dark: builtins.bool = False
    access_hash: builtins.int
    slug: builtins.str
    document: TypeDocument
    settings: TypeWallPaperSettings | None = None
class WallPaperNoFile(_Object):
    id: builtins.int
    default: builtins.bool = False
    dark: builtins.bool = False
    settings: TypeWallPaperSettings | None = None
class WallPaperSettings(_Object):
    blur: builtins.bool = False
    motion: builtins.bool = False
    background_color: builtins.int | None = None
    second_background_color: builtins.int | None = None
    third_background_color: builtins.int | None = None
    fourth_background_color: builtins.int | None = None
    intensity: builtins.int | None = None
    rotation: builtins.int | None = None
    emoticon: builtins.str | None = None
class WalletStateEmpty(_Object):
    creating: builtins.bool = False
class WebAuthorization(_Object):
    hash: builtins.int
    bot_id: builtins.int
    domain: builtins.str
    browser: builtins.str
    platform: builtins.str
    date_created: builtins.int
    date_active: builtins.int
    ip: builtins.str
    region: builtins.str
class WebDocument(_Object):
    url: builtins.str
    access_hash: builtins.int
    size: builtins.int
    mime_type: builtins.str
    attributes: Sequence[TypeDocumentAttribute]
class WebDocumentNoProxy(_Object):
    url: builtins.str
    size: builtins.int
    mime_type: builtins.str
    attributes: Sequence[TypeDocumentAttribute]
class WebDomainException(_Object):
    domain: builtins.str
    url: builtins.str
    title: builtins.str
    favicon: builtins.int | None = None
class WebPage(_Object):
    has_large_media: builtins.bool = False
    video_cover_photo: builtins.bool = False
    id: builtins.int
    url: builtins.str
    display_url: builtins.str
    hash: builtins.int
    type: builtins.str | None = None
    site_name: builtins.str | None = None
    title: builtins.str | None = None
    description: builtins.str | None = None
    photo: TypePhoto | None = None
    embed_url: builtins.str | None = None
    embed_type: builtins.str | None = None
    embed_width: builtins.int | None = None
    embed_height: builtins.int | None = None
    duration: builtins.int | None = None
    author: builtins.str | None = None
    document: TypeDocument | None = None
    cached_page: TypePage | None = None
    attributes: Sequence[TypeWebPageAttribute] | None = None
class WebPageAttributeAiComposeTone(_Object):
    emoji_id: builtins.int
class WebPageAttributeStarGiftAuction(_Object):
    gift: TypeStarGift
    end_date: builtins.int
class WebPageAttributeStarGiftCollection(_Object):
    icons: Sequence[TypeDocument]
class WebPageAttributeStickerSet(_Object):
    emojis: builtins.bool = False
    text_color: builtins.bool = False
    stickers: Sequence[TypeDocument]
class WebPageAttributeStory(_Object):
    peer: TypePeer
    id: builtins.int
    story: TypeStoryItem | None = None
class WebPageAttributeTheme(_Object):
    documents: Sequence[TypeDocument] | None = None
    settings: TypeThemeSettings | None = None
class WebPageAttributeUniqueStarGift(_Object):
    gift: TypeStarGift
class WebPageEmpty(_Object):
    id: builtins.int
    url: builtins.str | None = None
class WebPageNotModified(_Object):
    cached_page_views: builtins.int | None = None
class WebPagePending(_Object):
    id: builtins.int
    url: builtins.str | None = None
    date: builtins.int
class WebViewMessageSent(_Object):
    msg_id: TypeInputBotInlineMessageID | None = None
class WebViewResultUrl(_Object):
    fullsize: builtins.bool = False
    fullscreen: builtins.bool = False
    same_origin: builtins.bool = False
    query_id: builtins.int | None = None
    url: builtins.str
TypeAccessPointRule: TypeAlias = AccessPointRule
TypeAccountDaysTTL: TypeAlias = AccountDaysTTL
TypeAiComposeTone: TypeAlias = AiComposeTone | AiComposeToneDefault
TypeAiComposeToneExample: TypeAlias = AiComposeToneExample
TypeAppWebViewResult: TypeAlias = AppWebViewResultUrl
TypeAttachMenuBot: TypeAlias = AttachMenuBot
TypeAttachMenuBotIcon: TypeAlias = AttachMenuBotIcon
TypeAttachMenuBotIconColor: TypeAlias = AttachMenuBotIconColor
TypeAttachMenuBots: TypeAlias = AttachMenuBots | AttachMenuBotsNotModified
TypeAttachMenuBotsBot: TypeAlias = AttachMenuBotsBot
TypeAttachMenuPeerType: TypeAlias = AttachMenuPeerTypeBotPM | AttachMenuPeerTypeBroadcast | AttachMenuPeerTypeChat | AttachMenuPeerTypePM | AttachMenuPeerTypeSameBotPM
TypeAuctionBidLevel: TypeAlias = AuctionBidLevel
TypeAuthorization: TypeAlias = Authorization
TypeAutoDownloadSettings: TypeAlias = AutoDownloadSettings
TypeAutoSaveException: TypeAlias = AutoSaveException
TypeAutoSaveSettings: TypeAlias = AutoSaveSettings
TypeAvailableEffect: TypeAlias = AvailableEffect
TypeAvailableReaction: TypeAlias = AvailableReaction
TypeBankCardOpenUrl: TypeAlias = BankCardOpenUrl
TypeBaseTheme: TypeAlias = BaseThemeArctic | BaseThemeClassic | BaseThemeDay | BaseThemeNight | BaseThemeTinted
TypeBirthday: TypeAlias = Birthday
TypeBoost: TypeAlias = Boost
TypeBooster: TypeAlias = Booster
TypeBotApp: TypeAlias = BotApp | BotAppNotModified
TypeBotAppSettings: TypeAlias = BotAppSettings
TypeBotBusinessConnection: TypeAlias = BotBusinessConnection
TypeBotCommand: TypeAlias = BotCommand
TypeBotCommandScope: TypeAlias = BotCommandScopeChatAdmins | BotCommandScopeChats | BotCommandScopeDefault | BotCommandScopePeer | BotCommandScopePeerAdmins | BotCommandScopePeerUser | BotCommandScopeUsers
TypeBotInfo: TypeAlias = BotInfo
TypeBotInlineMessage: TypeAlias = BotInlineMessageMediaAuto | BotInlineMessageMediaContact | BotInlineMessageMediaGeo | BotInlineMessageMediaInvoice | BotInlineMessageMediaVenue | BotInlineMessageMediaWebPage | BotInlineMessageRichMessage | BotInlineMessageText
TypeBotInlineResult: TypeAlias = BotInlineMediaResult | BotInlineResult
TypeBotMenuButton: TypeAlias = BotMenuButton | BotMenuButtonCommands | BotMenuButtonDefault
TypeBotPreviewMedia: TypeAlias = BotPreviewMedia
TypeBotVerification: TypeAlias = BotVerification
TypeBotVerifierSettings: TypeAlias = BotVerifierSettings
TypeBroadcastRevenueBalances: TypeAlias = BroadcastRevenueBalances
TypeBroadcastRevenueTransaction: TypeAlias = BroadcastRevenueTransactionProceeds | BroadcastRevenueTransactionRefund | BroadcastRevenueTransactionWithdrawal
TypeBusinessAwayMessage: TypeAlias = BusinessAwayMessage
TypeBusinessAwayMessageSchedule: TypeAlias = BusinessAwayMessageScheduleAlways | BusinessAwayMessageScheduleCustom | BusinessAwayMessageScheduleOutsideWorkHours
TypeBusinessBotRecipients: TypeAlias = BusinessBotRecipients
TypeBusinessBotRights: TypeAlias = BusinessBotRights
TypeBusinessChatLink: TypeAlias = BusinessChatLink
TypeBusinessGreetingMessage: TypeAlias = BusinessGreetingMessage
TypeBusinessIntro: TypeAlias = BusinessIntro
TypeBusinessLocation: TypeAlias = BusinessLocation
TypeBusinessRecipients: TypeAlias = BusinessRecipients
TypeBusinessWeeklyOpen: TypeAlias = BusinessWeeklyOpen
TypeBusinessWorkHours: TypeAlias = BusinessWorkHours
TypeButtonType: TypeAlias = ButtonTypeDefault | ButtonTypeRequestGeoLocation | ButtonTypeRequestPeer | ButtonTypeRequestPhone | ButtonTypeRequestPoll | ButtonTypeSimpleWebView | InputButtonTypeRequestPeer
TypeCdnConfig: TypeAlias = CdnConfig
TypeCdnPublicKey: TypeAlias = CdnPublicKey
TypeChannelAdminLogEvent: TypeAlias = ChannelAdminLogEvent
TypeChannelAdminLogEventAction: TypeAlias = ChannelAdminLogEventActionChangeAbout | ChannelAdminLogEventActionChangeAvailableReactions | ChannelAdminLogEventActionChangeBackgroundEmoji | ChannelAdminLogEventActionChangeColor | ChannelAdminLogEventActionChangeEmojiStatus | ChannelAdminLogEventActionChangeEmojiStickerSet | ChannelAdminLogEventActionChangeHistoryTTL | ChannelAdminLogEventActionChangeLinkedChat | ChannelAdminLogEventActionChangeLocation | ChannelAdminLogEventActionChangePeerColor | ChannelAdminLogEventActionChangePhoto | ChannelAdminLogEventActionChangeProfilePeerColor | ChannelAdminLogEventActionChangeStickerSet | ChannelAdminLogEventActionChangeTitle | ChannelAdminLogEventActionChangeUsername | ChannelAdminLogEventActionChangeUsernames | ChannelAdminLogEventActionChangeWallpaper | ChannelAdminLogEventActionCreateTopic | ChannelAdminLogEventActionDefaultBannedRights | ChannelAdminLogEventActionDeleteMessage | ChannelAdminLogEventActionDeleteTopic | ChannelAdminLogEventActionDiscardGroupCall | ChannelAdminLogEventActionEditMessage | ChannelAdminLogEventActionEditTopic | ChannelAdminLogEventActionExportedInviteDelete | ChannelAdminLogEventActionExportedInviteEdit | ChannelAdminLogEventActionExportedInviteRevoke | ChannelAdminLogEventActionParticipantEditRank | ChannelAdminLogEventActionParticipantInvite | ChannelAdminLogEventActionParticipantJoin | ChannelAdminLogEventActionParticipantJoinByInvite | ChannelAdminLogEventActionParticipantJoinByRequest | ChannelAdminLogEventActionParticipantLeave | ChannelAdminLogEventActionParticipantMute | ChannelAdminLogEventActionParticipantSubExtend | ChannelAdminLogEventActionParticipantToggleAdmin | ChannelAdminLogEventActionParticipantToggleBan | ChannelAdminLogEventActionParticipantUnmute | ChannelAdminLogEventActionParticipantVolume | ChannelAdminLogEventActionPinTopic | ChannelAdminLogEventActionSendMessage | ChannelAdminLogEventActionStartGroupCall | ChannelAdminLogEventActionStopPoll | ChannelAdminLogEventActionToggleAntiSpam | ChannelAdminLogEventActionToggleAutotranslation | ChannelAdminLogEventActionToggleForum | ChannelAdminLogEventActionToggleGroupCallSetting | ChannelAdminLogEventActionToggleInvites | ChannelAdminLogEventActionToggleNoForwards | ChannelAdminLogEventActionTogglePreHistoryHidden | ChannelAdminLogEventActionToggleSignatureProfiles | ChannelAdminLogEventActionToggleSignatures | ChannelAdminLogEventActionToggleSlowMode | ChannelAdminLogEventActionUpdatePinned
TypeChannelAdminLogEventsFilter: TypeAlias = ChannelAdminLogEventsFilter
TypeChannelLocation: TypeAlias = ChannelLocation | ChannelLocationEmpty
TypeChannelMessagesFilter: TypeAlias = ChannelMessagesFilter | ChannelMessagesFilterEmpty
TypeChannelParticipant: TypeAlias = ChannelParticipant | ChannelParticipantAdmin | ChannelParticipantBanned | ChannelParticipantCreator | ChannelParticipantLeft | ChannelParticipantSelf
TypeChannelParticipantsFilter: TypeAlias = ChannelParticipantsAdmins | ChannelParticipantsBanned | ChannelParticipantsBots | ChannelParticipantsContacts | ChannelParticipantsKicked | ChannelParticipantsMentions | ChannelParticipantsRecent | ChannelParticipantsSearch
TypeChat: TypeAlias = Channel | ChannelForbidden | Chat | ChatEmpty | ChatForbidden | Community | CommunityForbidden
TypeChatAdminRights: TypeAlias = ChatAdminRights
TypeChatAdminWithInvites: TypeAlias = ChatAdminWithInvites
TypeChatBannedRights: TypeAlias = ChatBannedRights
TypeChatFull: TypeAlias = ChannelFull | ChatFull | CommunityFull
TypeChatInvite: TypeAlias = ChatInvite | ChatInviteAlready | ChatInvitePeek
TypeChatInviteImporter: TypeAlias = ChatInviteImporter
TypeChatOnlines: TypeAlias = ChatOnlines
TypeChatParticipant: TypeAlias = ChatParticipant | ChatParticipantAdmin | ChatParticipantCreator
TypeChatParticipants: TypeAlias = ChatParticipants | ChatParticipantsForbidden
TypeChatPhoto: TypeAlias = ChatPhoto | ChatPhotoEmpty
TypeChatReactions: TypeAlias = ChatReactionsAll | ChatReactionsNone | ChatReactionsSome
TypeChatTheme: TypeAlias = ChatTheme | ChatThemeUniqueGift
TypeCodeSettings: TypeAlias = CodeSettings
TypeCommunityPeer: TypeAlias = CommunityPeer
TypeCommunityPeerRequest: TypeAlias = CommunityPeerRequest
TypeConfig: TypeAlias = Config
TypeConnectedBot: TypeAlias = ConnectedBot
TypeConnectedBotStarRef: TypeAlias = ConnectedBotStarRef
TypeContact: TypeAlias = Contact
TypeContactBirthday: TypeAlias = ContactBirthday
TypeContactStatus: TypeAlias = ContactStatus
TypeDataJSON: TypeAlias = DataJSON
TypeDcOption: TypeAlias = DcOption
TypeDefaultHistoryTTL: TypeAlias = DefaultHistoryTTL
TypeDialog: TypeAlias = Dialog | DialogCommunity | DialogFolder
TypeDialogFilter: TypeAlias = DialogFilter | DialogFilterChatlist | DialogFilterDefault
TypeDialogFilterSuggested: TypeAlias = DialogFilterSuggested
TypeDialogPeer: TypeAlias = DialogPeer | DialogPeerCommunity | DialogPeerFolder
TypeDisallowedGiftsSettings: TypeAlias = DisallowedGiftsSettings
TypeDocument: TypeAlias = Document | DocumentEmpty
TypeDocumentAttribute: TypeAlias = DocumentAttributeAnimated | DocumentAttributeAudio | DocumentAttributeCustomEmoji | DocumentAttributeFilename | DocumentAttributeHasStickers | DocumentAttributeImageSize | DocumentAttributeSticker | DocumentAttributeVideo
TypeDraftMessage: TypeAlias = DraftMessage | DraftMessageEmpty
TypeEmailVerification: TypeAlias = EmailVerificationApple | EmailVerificationCode | EmailVerificationGoogle
TypeEmailVerifyPurpose: TypeAlias = EmailVerifyPurposeLoginChange | EmailVerifyPurposeLoginSetup | EmailVerifyPurposePassport
TypeEmojiGroup: TypeAlias = EmojiGroup | EmojiGroupGreeting | EmojiGroupPremium
TypeEmojiKeyword: TypeAlias = EmojiKeyword | EmojiKeywordDeleted
TypeEmojiKeywordsDifference: TypeAlias = EmojiKeywordsDifference
TypeEmojiLanguage: TypeAlias = EmojiLanguage
TypeEmojiList: TypeAlias = EmojiList | EmojiListNotModified
TypeEmojiStatus: TypeAlias = EmojiStatus | EmojiStatusCollectible | EmojiStatusEmpty | EmojiStatusUntil | InputEmojiStatusCollectible
TypeEmojiURL: TypeAlias = EmojiURL
TypeEncryptedChat: TypeAlias = EncryptedChat | EncryptedChatDiscarded | EncryptedChatEmpty | EncryptedChatRequested | EncryptedChatWaiting
TypeEncryptedFile: TypeAlias = EncryptedFile | EncryptedFileEmpty
TypeEncryptedMessage: TypeAlias = EncryptedMessage | EncryptedMessageService
TypeEphemeralMessage: TypeAlias = EphemeralMessage
TypeError: TypeAlias = Error
TypeExportedChatInvite: TypeAlias = ChatInviteExported | ChatInvitePublicJoinRequests
TypeExportedChatlistInvite: TypeAlias = ExportedChatlistInvite
TypeExportedContactToken: TypeAlias = ExportedContactToken
TypeExportedMessageLink: TypeAlias = ExportedMessageLink
TypeExportedStoryLink: TypeAlias = ExportedStoryLink
TypeFactCheck: TypeAlias = FactCheck
TypeFileHash: TypeAlias = FileHash
TypeFolder: TypeAlias = Folder
TypeFolderPeer: TypeAlias = FolderPeer
TypeForumTopic: TypeAlias = ForumTopic | ForumTopicDeleted
TypeFoundStory: TypeAlias = FoundStory
TypeGame: TypeAlias = Game
TypeGeoPoint: TypeAlias = GeoPoint | GeoPointEmpty
TypeGeoPointAddress: TypeAlias = GeoPointAddress
TypeGlobalPrivacySettings: TypeAlias = GlobalPrivacySettings
TypeGroupCall: TypeAlias = GroupCall | GroupCallDiscarded
TypeGroupCallDonor: TypeAlias = GroupCallDonor
TypeGroupCallMessage: TypeAlias = GroupCallMessage
TypeGroupCallParticipant: TypeAlias = GroupCallParticipant
TypeGroupCallParticipantVideo: TypeAlias = GroupCallParticipantVideo
TypeGroupCallParticipantVideoSourceGroup: TypeAlias = GroupCallParticipantVideoSourceGroup
TypeGroupCallStreamChannel: TypeAlias = GroupCallStreamChannel
TypeHighScore: TypeAlias = HighScore
TypeImportedContact: TypeAlias = ImportedContact
TypeInlineBotSwitchPM: TypeAlias = InlineBotSwitchPM
TypeInlineBotWebView: TypeAlias = InlineBotWebView
TypeInlineButtonType: TypeAlias = InlineButtonTypeBuy | InlineButtonTypeCallback | InlineButtonTypeCopy | InlineButtonTypeDisabled | InlineButtonTypeGame | InlineButtonTypeSwitchInline | InlineButtonTypeUrl | InlineButtonTypeUrlAuth | InlineButtonTypeUserProfile | InlineButtonTypeWebView | InputInlineButtonTypeUrlAuth | InputInlineButtonTypeUserProfile
TypeInlineQueryPeerType: TypeAlias = InlineQueryPeerTypeBotPM | InlineQueryPeerTypeBroadcast | InlineQueryPeerTypeChat | InlineQueryPeerTypeMegagroup | InlineQueryPeerTypePM | InlineQueryPeerTypeSameBotPM
TypeInputAiComposeTone: TypeAlias = InputAiComposeToneDefault | InputAiComposeToneID | InputAiComposeToneSingleUse | InputAiComposeToneSlug
TypeInputAppEvent: TypeAlias = InputAppEvent
TypeInputBotApp: TypeAlias = InputBotAppID | InputBotAppShortName
TypeInputBotInlineMessage: TypeAlias = InputBotInlineMessageGame | InputBotInlineMessageMediaAuto | InputBotInlineMessageMediaContact | InputBotInlineMessageMediaGeo | InputBotInlineMessageMediaInvoice | InputBotInlineMessageMediaVenue | InputBotInlineMessageMediaWebPage | InputBotInlineMessageRichMessage | InputBotInlineMessageText
TypeInputBotInlineMessageID: TypeAlias = InputBotInlineMessageID | InputBotInlineMessageID64
TypeInputBotInlineResult: TypeAlias = InputBotInlineResult | InputBotInlineResultDocument | InputBotInlineResultGame | InputBotInlineResultPhoto
TypeInputBusinessAwayMessage: TypeAlias = InputBusinessAwayMessage
TypeInputBusinessBotRecipients: TypeAlias = InputBusinessBotRecipients
TypeInputBusinessChatLink: TypeAlias = InputBusinessChatLink
TypeInputBusinessGreetingMessage: TypeAlias = InputBusinessGreetingMessage
TypeInputBusinessIntro: TypeAlias = InputBusinessIntro
TypeInputBusinessRecipients: TypeAlias = InputBusinessRecipients
TypeInputChannel: TypeAlias = InputChannel | InputChannelEmpty | InputChannelFromMessage
TypeInputChatPhoto: TypeAlias = InputChatPhoto | InputChatPhotoEmpty | InputChatUploadedPhoto
TypeInputChatTheme: TypeAlias = InputChatTheme | InputChatThemeEmpty | InputChatThemeUniqueGift
TypeInputChatlist: TypeAlias = InputChatlistDialogFilter
TypeInputCheckPasswordSRP: TypeAlias = InputCheckPasswordEmpty | InputCheckPasswordSRP
TypeInputClientProxy: TypeAlias = InputClientProxy
TypeInputCollectible: TypeAlias = InputCollectiblePhone | InputCollectibleUsername
TypeInputContact: TypeAlias = InputPhoneContact
TypeInputDialogPeer: TypeAlias = InputDialogPeer | InputDialogPeerCommunity | InputDialogPeerFolder
TypeInputDocument: TypeAlias = InputDocument | InputDocumentEmpty
TypeInputEncryptedChat: TypeAlias = InputEncryptedChat
TypeInputEncryptedFile: TypeAlias = InputEncryptedFile | InputEncryptedFileBigUploaded | InputEncryptedFileEmpty | InputEncryptedFileUploaded
TypeInputFile: TypeAlias = InputFile | InputFileBig | InputFileStoryDocument
TypeInputFileLocation: TypeAlias = InputDocumentFileLocation | InputEncryptedFileLocation | InputFileLocation | InputGroupCallStream | InputPeerPhotoFileLocation | InputPeerPhotoFileLocationLegacy | InputPhotoFileLocation | InputPhotoLegacyFileLocation | InputSecureFileLocation | InputStickerSetThumb | InputStickerSetThumbLegacy | InputTakeoutFileLocation
TypeInputFolderPeer: TypeAlias = InputFolderPeer
TypeInputGame: TypeAlias = InputGameID | InputGameShortName
TypeInputGeoPoint: TypeAlias = InputGeoPoint | InputGeoPointEmpty
TypeInputGroupCall: TypeAlias = InputGroupCall | InputGroupCallInviteMessage | InputGroupCallSlug
TypeInputInvoice: TypeAlias = InputInvoiceBusinessBotTransferStars | InputInvoiceChatInviteSubscription | InputInvoiceMessage | InputInvoicePremiumAuthCode | InputInvoicePremiumGiftCode | InputInvoicePremiumGiftStars | InputInvoiceSlug | InputInvoiceStarGift | InputInvoiceStarGiftAuctionBid | InputInvoiceStarGiftDropOriginalDetails | InputInvoiceStarGiftPrepaidUpgrade | InputInvoiceStarGiftResale | InputInvoiceStarGiftTransfer | InputInvoiceStarGiftUpgrade | InputInvoiceStars
TypeInputMedia: TypeAlias = InputMediaContact | InputMediaDice | InputMediaDocument | InputMediaDocumentExternal | InputMediaEmpty | InputMediaGame | InputMediaGeoLive | InputMediaGeoPoint | InputMediaInvoice | InputMediaPaidMedia | InputMediaPhoto | InputMediaPhotoExternal | InputMediaPoll | InputMediaStakeDice | InputMediaStory | InputMediaTodo | InputMediaUploadedDocument | InputMediaUploadedPhoto | InputMediaVenue | InputMediaWebPage
TypeInputMessage: TypeAlias = InputMessageCallbackQuery | InputMessageID | InputMessagePinned | InputMessageReplyTo
TypeInputMessageReadMetric: TypeAlias = InputMessageReadMetric
TypeInputNotifyPeer: TypeAlias = InputNotifyBroadcasts | InputNotifyChats | InputNotifyCommunity | InputNotifyForumTopic | InputNotifyPeer | InputNotifyUsers
TypeInputPasskeyCredential: TypeAlias = InputPasskeyCredentialFirebasePNV | InputPasskeyCredentialPublicKey
TypeInputPasskeyResponse: TypeAlias = InputPasskeyResponseLogin | InputPasskeyResponseRegister
TypeInputPaymentCredentials: TypeAlias = InputPaymentCredentials | InputPaymentCredentialsApplePay | InputPaymentCredentialsGooglePay | InputPaymentCredentialsSaved
TypeInputPeer: TypeAlias = InputPeerChannel | InputPeerChannelFromMessage | InputPeerChat | InputPeerEmpty | InputPeerSelf | InputPeerUser | InputPeerUserFromMessage
TypeInputPeerNotifySettings: TypeAlias = InputPeerNotifySettings
TypeInputPhoneCall: TypeAlias = InputPhoneCall
TypeInputPhoto: TypeAlias = InputPhoto | InputPhotoEmpty
TypeInputPrivacyKey: TypeAlias = InputPrivacyKeyAbout | InputPrivacyKeyAddedByPhone | InputPrivacyKeyBirthday | InputPrivacyKeyChatInvite | InputPrivacyKeyForwards | InputPrivacyKeyNoPaidMessages | InputPrivacyKeyPhoneCall | InputPrivacyKeyPhoneNumber | InputPrivacyKeyPhoneP2P | InputPrivacyKeyProfilePhoto | InputPrivacyKeySavedMusic | InputPrivacyKeyStarGiftsAutoSave | InputPrivacyKeyStatusTimestamp | InputPrivacyKeyVoiceMessages
TypeInputPrivacyRule: TypeAlias = InputPrivacyValueAllowAll | InputPrivacyValueAllowBots | InputPrivacyValueAllowChatParticipants | InputPrivacyValueAllowCloseFriends | InputPrivacyValueAllowContacts | InputPrivacyValueAllowPremium | InputPrivacyValueAllowUsers | InputPrivacyValueDisallowAll | InputPrivacyValueDisallowBots | InputPrivacyValueDisallowChatParticipants | InputPrivacyValueDisallowContacts | InputPrivacyValueDisallowUsers
TypeInputQuickReplyShortcut: TypeAlias = InputQuickReplyShortcut | InputQuickReplyShortcutId
TypeInputReplyTo: TypeAlias = InputReplyToEphemeralMessage | InputReplyToMessage | InputReplyToMonoForum | InputReplyToStory
TypeInputRichFile: TypeAlias = InputRichFileDocument | InputRichFilePhoto
TypeInputRichMessage: TypeAlias = InputRichMessage | InputRichMessageHTML | InputRichMessageMarkdown
TypeInputSavedStarGift: TypeAlias = InputSavedStarGiftChat | InputSavedStarGiftSlug | InputSavedStarGiftUser
TypeInputSecureFile: TypeAlias = InputSecureFile | InputSecureFileUploaded
TypeInputSecureValue: TypeAlias = InputSecureValue
TypeInputSingleMedia: TypeAlias = InputSingleMedia
TypeInputStarGiftAuction: TypeAlias = InputStarGiftAuction | InputStarGiftAuctionSlug
TypeInputStarsTransaction: TypeAlias = InputStarsTransaction
TypeInputStickerSet: TypeAlias = InputStickerSetAnimatedEmoji | InputStickerSetAnimatedEmojiAnimations | InputStickerSetDice | InputStickerSetEmojiChannelDefaultStatuses | InputStickerSetEmojiDefaultStatuses | InputStickerSetEmojiDefaultTopicIcons | InputStickerSetEmojiGenericAnimations | InputStickerSetEmpty | InputStickerSetID | InputStickerSetPremiumGifts | InputStickerSetShortName | InputStickerSetTonGifts
TypeInputStickerSetItem: TypeAlias = InputStickerSetItem
TypeInputStickeredMedia: TypeAlias = InputStickeredMediaDocument | InputStickeredMediaPhoto
TypeInputStorePaymentPurpose: TypeAlias = InputStorePaymentAuthCode | InputStorePaymentGiftPremium | InputStorePaymentPremiumGiftCode | InputStorePaymentPremiumGiveaway | InputStorePaymentPremiumSubscription | InputStorePaymentStars | InputStorePaymentStarsGift | InputStorePaymentStarsGiveaway | InputStorePaymentStarsTopup
TypeInputTheme: TypeAlias = InputTheme | InputThemeSlug
TypeInputThemeSettings: TypeAlias = InputThemeSettings
TypeInputUser: TypeAlias = InputUser | InputUserEmpty | InputUserFromMessage | InputUserSelf
TypeInputWallPaper: TypeAlias = InputWallPaper | InputWallPaperNoFile | InputWallPaperSlug
TypeInputWebDocument: TypeAlias = InputWebDocument
TypeInputWebFileLocation: TypeAlias = InputWebFileAudioAlbumThumbLocation | InputWebFileGeoPointLocation | InputWebFileLocation
TypeInvoice: TypeAlias = Invoice
TypeIpPort: TypeAlias = IpPort | IpPortSecret
TypeJSONObjectValue: TypeAlias = JsonObjectValue
TypeJSONValue: TypeAlias = JsonArray | JsonBool | JsonNull | JsonNumber | JsonObject | JsonString
TypeJoinChatBotResult: TypeAlias = JoinChatBotResultApproved | JoinChatBotResultDeclined | JoinChatBotResultQueued | JoinChatBotResultWebView
TypeKeyboardButton: TypeAlias = InputKeyboardButtonRequestPeer | InputKeyboardButtonUrlAuth | InputKeyboardButtonUserProfile | KeyboardButton | KeyboardButtonBuy | KeyboardButtonCallback | KeyboardButtonCopy | KeyboardButtonGame | KeyboardButtonRequestGeoLocation | KeyboardButtonRequestPeer | KeyboardButtonRequestPhone | KeyboardButtonRequestPoll | KeyboardButtonSimpleWebView | KeyboardButtonSwitchInline | KeyboardButtonUrl | KeyboardButtonUrlAuth | KeyboardButtonUserProfile | KeyboardButtonWebView
TypeKeyboardButtonRow: TypeAlias = KeyboardButtonRow
TypeKeyboardButtonStyle: TypeAlias = KeyboardButtonStyle
TypeKeyboardInlineButton: TypeAlias = KeyboardInlineButton
TypeKeyboardInlineButtonRow: TypeAlias = KeyboardInlineButtonRow
TypeLabeledPrice: TypeAlias = LabeledPrice
TypeLangPackDifference: TypeAlias = LangPackDifference
TypeLangPackLanguage: TypeAlias = LangPackLanguage
TypeLangPackString: TypeAlias = LangPackString | LangPackStringDeleted | LangPackStringPluralized
TypeMaskCoords: TypeAlias = MaskCoords
TypeMediaArea: TypeAlias = InputMediaAreaChannelPost | InputMediaAreaVenue | MediaAreaChannelPost | MediaAreaGeoPoint | MediaAreaStarGift | MediaAreaSuggestedReaction | MediaAreaUrl | MediaAreaVenue | MediaAreaWeather
TypeMediaAreaCoordinates: TypeAlias = MediaAreaCoordinates
TypeMessage: TypeAlias = Message | MessageEmpty | MessageService
TypeMessageAction: TypeAlias = MessageActionBoostApply | MessageActionBotAllowed | MessageActionChangeCommunity | MessageActionChangeCreator | MessageActionChannelCreate | MessageActionChannelMigrateFrom | MessageActionChatAddUser | MessageActionChatCreate | MessageActionChatDeletePhoto | MessageActionChatDeleteUser | MessageActionChatEditPhoto | MessageActionChatEditTitle | MessageActionChatJoinedByLink | MessageActionChatJoinedByRequest | MessageActionChatJoinedViaCommunity | MessageActionChatMigrateTo | MessageActionConferenceCall | MessageActionContactSignUp | MessageActionCustomAction | MessageActionEmpty | MessageActionGameScore | MessageActionGeoProximityReached | MessageActionGiftCode | MessageActionGiftPremium | MessageActionGiftStars | MessageActionGiftTon | MessageActionGiveawayLaunch | MessageActionGiveawayResults | MessageActionGroupCall | MessageActionGroupCallScheduled | MessageActionHistoryClear | MessageActionInviteToGroupCall | MessageActionManagedBotCreated | MessageActionNewCreatorPending | MessageActionNoForwardsRequest | MessageActionNoForwardsToggle | MessageActionPaidMessagesPrice | MessageActionPaidMessagesRefunded | MessageActionPaymentRefunded | MessageActionPaymentSent | MessageActionPaymentSentMe | MessageActionPhoneCall | MessageActionPinMessage | MessageActionPollAppendAnswer | MessageActionPollDeleteAnswer | MessageActionPrizeStars | MessageActionRequestedPeer | MessageActionRequestedPeerSentMe | MessageActionScreenshotTaken | MessageActionSecureValuesSent | MessageActionSecureValuesSentMe | MessageActionSetChatTheme | MessageActionSetChatWallPaper | MessageActionSetMessagesTTL | MessageActionSetSameChatWallPaper | MessageActionStarGift | MessageActionStarGiftPurchaseOffer | MessageActionStarGiftPurchaseOfferDeclined | MessageActionStarGiftUnique | MessageActionSuggestBirthday | MessageActionSuggestProfilePhoto | MessageActionSuggestedPostApproval | MessageActionSuggestedPostRefund | MessageActionSuggestedPostSuccess | MessageActionTodoAppendTasks | MessageActionTodoCompletions | MessageActionTopicCreate | MessageActionTopicEdit | MessageActionWebViewDataSent | MessageActionWebViewDataSentMe
TypeMessageEntity: TypeAlias = InputMessageEntityMentionName | MessageEntityBankCard | MessageEntityBlockquote | MessageEntityBold | MessageEntityBotCommand | MessageEntityCashtag | MessageEntityCode | MessageEntityCustomEmoji | MessageEntityDiffDelete | MessageEntityDiffInsert | MessageEntityDiffReplace | MessageEntityEmail | MessageEntityFormattedDate | MessageEntityHashtag | MessageEntityItalic | MessageEntityMention | MessageEntityMentionName | MessageEntityPhone | MessageEntityPre | MessageEntitySpoiler | MessageEntityStrike | MessageEntityTextUrl | MessageEntityUnderline | MessageEntityUnknown | MessageEntityUrl
TypeMessageExtendedMedia: TypeAlias = MessageExtendedMedia | MessageExtendedMediaPreview
TypeMessageFwdHeader: TypeAlias = MessageFwdHeader
TypeMessageInteractionCounters: TypeAlias = MessageInteractionCounters
TypeMessageMedia: TypeAlias = MessageMediaContact | MessageMediaDice | MessageMediaDocument | MessageMediaEmpty | MessageMediaGame | MessageMediaGeo | MessageMediaGeoLive | MessageMediaGiveaway | MessageMediaGiveawayResults | MessageMediaInvoice | MessageMediaPaidMedia | MessageMediaPhoto | MessageMediaPoll | MessageMediaStory | MessageMediaToDo | MessageMediaUnsupported | MessageMediaVenue | MessageMediaVideoStream | MessageMediaWebPage
TypeMessagePeerReaction: TypeAlias = MessagePeerReaction
TypeMessagePeerVote: TypeAlias = MessagePeerVote | MessagePeerVoteInputOption | MessagePeerVoteMultiple
TypeMessageRange: TypeAlias = MessageRange
TypeMessageReactions: TypeAlias = MessageReactions
TypeMessageReactor: TypeAlias = MessageReactor
TypeMessageReplies: TypeAlias = MessageReplies
TypeMessageReplyHeader: TypeAlias = MessageReplyHeader | MessageReplyStoryHeader
TypeMessageReportOption: TypeAlias = MessageReportOption
TypeMessageUserVote: TypeAlias = MessageUserVote | MessageUserVoteInputOption | MessageUserVoteMultiple
TypeMessageViews: TypeAlias = MessageViews
TypeMessagesFilter: TypeAlias = InputMessagesFilterChatPhotos | InputMessagesFilterContacts | InputMessagesFilterDocument | InputMessagesFilterEmpty | InputMessagesFilterGeo | InputMessagesFilterGif | InputMessagesFilterMusic | InputMessagesFilterMyMentions | InputMessagesFilterPhoneCalls | InputMessagesFilterPhotoVideo | InputMessagesFilterPhotos | InputMessagesFilterPinned | InputMessagesFilterPoll | InputMessagesFilterRoundVideo | InputMessagesFilterRoundVoice | InputMessagesFilterUrl | InputMessagesFilterVideo | InputMessagesFilterVoice
TypeMissingInvitee: TypeAlias = MissingInvitee
TypeMyBoost: TypeAlias = MyBoost
TypeNearestDc: TypeAlias = NearestDc
TypeNotificationSound: TypeAlias = NotificationSoundDefault | NotificationSoundLocal | NotificationSoundNone | NotificationSoundRingtone
TypeNotifyPeer: TypeAlias = NotifyBroadcasts | NotifyChats | NotifyCommunity | NotifyForumTopic | NotifyPeer | NotifyUsers
TypeNull: TypeAlias = Null
TypeOutboxReadDate: TypeAlias = OutboxReadDate
TypePage: TypeAlias = Page
TypePageBlock: TypeAlias = InputPageBlockMap | PageBlockAnchor | PageBlockAudio | PageBlockAuthorDate | PageBlockBlockquote | PageBlockBlockquoteBlocks | PageBlockButtonRow | PageBlockChannel | PageBlockCollage | PageBlockCover | PageBlockDetails | PageBlockDivider | PageBlockDocument | PageBlockEmbed | PageBlockEmbedPost | PageBlockFooter | PageBlockHeader | PageBlockHeading1 | PageBlockHeading2 | PageBlockHeading3 | PageBlockHeading4 | PageBlockHeading5 | PageBlockHeading6 | PageBlockKicker | PageBlockList | PageBlockMap | PageBlockMath | PageBlockOrderedList | PageBlockParagraph | PageBlockPhoto | PageBlockPreformatted | PageBlockPullquote | PageBlockRelatedArticles | PageBlockSlideshow | PageBlockSubheader | PageBlockSubtitle | PageBlockTable | PageBlockThinking | PageBlockTitle | PageBlockUnsupported | PageBlockVideo
TypePageButton: TypeAlias = PageButton
TypePageCaption: TypeAlias = PageCaption
TypePageListItem: TypeAlias = PageListItemBlocks | PageListItemText
TypePageListOrderedItem: TypeAlias = PageListOrderedItemBlocks | PageListOrderedItemText
TypePageRelatedArticle: TypeAlias = PageRelatedArticle
TypePageTableCell: TypeAlias = PageTableCell
TypePageTableRow: TypeAlias = PageTableRow
TypePaidReactionPrivacy: TypeAlias = PaidReactionPrivacyAnonymous | PaidReactionPrivacyDefault | PaidReactionPrivacyPeer
TypePasskey: TypeAlias = Passkey
TypePasswordKdfAlgo: TypeAlias = PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow | PasswordKdfAlgoUnknown
TypePaymentCharge: TypeAlias = PaymentCharge
TypePaymentFormMethod: TypeAlias = PaymentFormMethod
TypePaymentRequestedInfo: TypeAlias = PaymentRequestedInfo
TypePaymentSavedCredentials: TypeAlias = PaymentSavedCredentialsCard
TypePeer: TypeAlias = PeerChannel | PeerChat | PeerUser
TypePeerBlocked: TypeAlias = PeerBlocked
TypePeerColor: TypeAlias = InputPeerColorCollectible | PeerColor | PeerColorCollectible
TypePeerLocated: TypeAlias = PeerLocated | PeerSelfLocated
TypePeerNotifySettings: TypeAlias = PeerNotifySettings
TypePeerSettings: TypeAlias = PeerSettings
TypePeerStories: TypeAlias = PeerStories
TypePendingSuggestion: TypeAlias = PendingSuggestion
TypePhoneCall: TypeAlias = PhoneCall | PhoneCallAccepted | PhoneCallDiscarded | PhoneCallEmpty | PhoneCallRequested | PhoneCallWaiting
TypePhoneCallDiscardReason: TypeAlias = PhoneCallDiscardReasonAllowGroupCall | PhoneCallDiscardReasonBusy | PhoneCallDiscardReasonDisconnect | PhoneCallDiscardReasonHangup | PhoneCallDiscardReasonMigrateConferenceCall | PhoneCallDiscardReasonMissed
TypePhoneCallProtocol: TypeAlias = PhoneCallProtocol
TypePhoneConnection: TypeAlias = PhoneConnection | PhoneConnectionWebrtc
TypePhoto: TypeAlias = Photo | PhotoEmpty
TypePhotoSize: TypeAlias = PhotoCachedSize | PhotoPathSize | PhotoSize | PhotoSizeEmpty | PhotoSizeProgressive | PhotoStrippedSize
TypePoll: TypeAlias = Poll
TypePollAnswer: TypeAlias = InputPollAnswer | PollAnswer
TypePollAnswerVoters: TypeAlias = PollAnswerVoters
TypePollResults: TypeAlias = PollResults
TypePopularContact: TypeAlias = PopularContact
TypePostAddress: TypeAlias = PostAddress
TypePostInteractionCounters: TypeAlias = PostInteractionCountersMessage | PostInteractionCountersStory
TypePremiumGiftCodeOption: TypeAlias = PremiumGiftCodeOption
TypePremiumGiftOption: TypeAlias = PremiumGiftOption
TypePremiumSubscriptionOption: TypeAlias = PremiumSubscriptionOption
TypePrepaidGiveaway: TypeAlias = PrepaidGiveaway | PrepaidStarsGiveaway
TypePrivacyKey: TypeAlias = PrivacyKeyAbout | PrivacyKeyAddedByPhone | PrivacyKeyBirthday | PrivacyKeyChatInvite | PrivacyKeyForwards | PrivacyKeyNoPaidMessages | PrivacyKeyPhoneCall | PrivacyKeyPhoneNumber | PrivacyKeyPhoneP2P | PrivacyKeyProfilePhoto | PrivacyKeySavedMusic | PrivacyKeyStarGiftsAutoSave | PrivacyKeyStatusTimestamp | PrivacyKeyVoiceMessages
TypePrivacyRule: TypeAlias = PrivacyValueAllowAll | PrivacyValueAllowBots | PrivacyValueAllowChatParticipants | PrivacyValueAllowCloseFriends | PrivacyValueAllowContacts | PrivacyValueAllowPremium | PrivacyValueAllowUsers | PrivacyValueDisallowAll | PrivacyValueDisallowBots | PrivacyValueDisallowChatParticipants | PrivacyValueDisallowContacts | PrivacyValueDisallowUsers
TypeProfileTab: TypeAlias = ProfileTabFiles | ProfileTabGifs | ProfileTabGifts | ProfileTabLinks | ProfileTabMedia | ProfileTabMusic | ProfileTabPosts | ProfileTabVoice
TypePublicForward: TypeAlias = PublicForwardMessage | PublicForwardStory
TypeQuickReply: TypeAlias = QuickReply
TypeReaction: TypeAlias = ReactionCustomEmoji | ReactionEmoji | ReactionEmpty | ReactionPaid
TypeReactionCount: TypeAlias = ReactionCount
TypeReactionNotificationsFrom: TypeAlias = ReactionNotificationsFromAll | ReactionNotificationsFromContacts
TypeReactionsNotifySettings: TypeAlias = ReactionsNotifySettings
TypeReadParticipantDate: TypeAlias = ReadParticipantDate
TypeReceivedNotifyMessage: TypeAlias = ReceivedNotifyMessage
TypeRecentMeUrl: TypeAlias = RecentMeUrlChat | RecentMeUrlChatInvite | RecentMeUrlStickerSet | RecentMeUrlUnknown | RecentMeUrlUser
TypeRecentStory: TypeAlias = RecentStory
TypeReplyMarkup: TypeAlias = ReplyInlineMarkup | ReplyKeyboardForceReply | ReplyKeyboardHide | ReplyKeyboardMarkup
TypeReportReason: TypeAlias = InputReportReasonChildAbuse | InputReportReasonCopyright | InputReportReasonFake | InputReportReasonGeoIrrelevant | InputReportReasonIllegalDrugs | InputReportReasonOther | InputReportReasonPersonalDetails | InputReportReasonPornography | InputReportReasonSpam | InputReportReasonViolence
TypeReportResult: TypeAlias = ReportResultAddComment | ReportResultChooseOption | ReportResultReported
TypeRequestPeerType: TypeAlias = RequestPeerTypeBroadcast | RequestPeerTypeChat | RequestPeerTypeCreateBot | RequestPeerTypeUser
TypeRequestedPeer: TypeAlias = RequestedPeerChannel | RequestedPeerChat | RequestedPeerUser
TypeRequirementToContact: TypeAlias = RequirementToContactEmpty | RequirementToContactPaidMessages | RequirementToContactPremium
TypeRestrictionReason: TypeAlias = RestrictionReason
TypeRichButtonStyle: TypeAlias = RichButtonStyle
TypeRichMessage: TypeAlias = RichMessage
TypeRichText: TypeAlias = TextAnchor | TextAutoEmail | TextAutoPhone | TextAutoUrl | TextBankCard | TextBold | TextBotCommand | TextButton | TextCashtag | TextConcat | TextCustomEmoji | TextDate | TextDiff | TextEmail | TextEmpty | TextFixed | TextHashtag | TextImage | TextItalic | TextMarked | TextMath | TextMention | TextMentionName | TextPhone | TextPlain | TextSpoiler | TextStrike | TextSubscript | TextSuperscript | TextUnderline | TextUrl
TypeSavedContact: TypeAlias = SavedPhoneContact
TypeSavedDialog: TypeAlias = MonoForumDialog | SavedDialog
TypeSavedReactionTag: TypeAlias = SavedReactionTag
TypeSavedStarGift: TypeAlias = SavedStarGift
TypeSearchPostsFlood: TypeAlias = SearchPostsFlood
TypeSearchResultsCalendarPeriod: TypeAlias = SearchResultsCalendarPeriod
TypeSearchResultsPosition: TypeAlias = SearchResultPosition
TypeSecureCredentialsEncrypted: TypeAlias = SecureCredentialsEncrypted
TypeSecureData: TypeAlias = SecureData
TypeSecureFile: TypeAlias = SecureFile | SecureFileEmpty
TypeSecurePasswordKdfAlgo: TypeAlias = SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000 | SecurePasswordKdfAlgoSHA512 | SecurePasswordKdfAlgoUnknown
TypeSecurePlainData: TypeAlias = SecurePlainEmail | SecurePlainPhone
TypeSecureRequiredType: TypeAlias = SecureRequiredType | SecureRequiredTypeOneOf
TypeSecureSecretSettings: TypeAlias = SecureSecretSettings
TypeSecureValue: TypeAlias = SecureValue
TypeSecureValueError: TypeAlias = SecureValueError | SecureValueErrorData | SecureValueErrorFile | SecureValueErrorFiles | SecureValueErrorFrontSide | SecureValueErrorReverseSide | SecureValueErrorSelfie | SecureValueErrorTranslationFile | SecureValueErrorTranslationFiles
TypeSecureValueHash: TypeAlias = SecureValueHash
TypeSecureValueType: TypeAlias = SecureValueTypeAddress | SecureValueTypeBankStatement | SecureValueTypeDriverLicense | SecureValueTypeEmail | SecureValueTypeIdentityCard | SecureValueTypeInternalPassport | SecureValueTypePassport | SecureValueTypePassportRegistration | SecureValueTypePersonalDetails | SecureValueTypePhone | SecureValueTypeRentalAgreement | SecureValueTypeTemporaryRegistration | SecureValueTypeUtilityBill
TypeSendAsPeer: TypeAlias = SendAsPeer
TypeSendMessageAction: TypeAlias = InputSendMessageRichMessageDraftAction | SendMessageCancelAction | SendMessageChooseContactAction | SendMessageChooseStickerAction | SendMessageEmojiInteraction | SendMessageEmojiInteractionSeen | SendMessageGamePlayAction | SendMessageGeoLocationAction | SendMessageHistoryImportAction | SendMessageRecordAudioAction | SendMessageRecordRoundAction | SendMessageRecordVideoAction | SendMessageRichMessageDraftAction | SendMessageStopDraftAction | SendMessageTextDraftAction | SendMessageTypingAction | SendMessageUploadAudioAction | SendMessageUploadDocumentAction | SendMessageUploadPhotoAction | SendMessageUploadRoundAction | SendMessageUploadVideoAction | SpeakingInGroupCallAction
TypeShippingOption: TypeAlias = ShippingOption
TypeSimpleWebViewResult: TypeAlias = SimpleWebViewResultUrl
TypeSmsJob: TypeAlias = SmsJob
TypeSponsoredMessage: TypeAlias = SponsoredMessage
TypeSponsoredMessageReportOption: TypeAlias = SponsoredMessageReportOption
TypeSponsoredPeer: TypeAlias = SponsoredPeer
TypeSponsoredWebPage: TypeAlias = SponsoredWebPage
TypeStarGift: TypeAlias = StarGift | StarGiftUnique
TypeStarGiftActiveAuctionState: TypeAlias = StarGiftActiveAuctionState
TypeStarGiftAttribute: TypeAlias = StarGiftAttributeBackdrop | StarGiftAttributeModel | StarGiftAttributeOriginalDetails | StarGiftAttributePattern
TypeStarGiftAttributeCounter: TypeAlias = StarGiftAttributeCounter
TypeStarGiftAttributeId: TypeAlias = StarGiftAttributeIdBackdrop | StarGiftAttributeIdModel | StarGiftAttributeIdPattern
TypeStarGiftAttributeRarity: TypeAlias = StarGiftAttributeRarity | StarGiftAttributeRarityEpic | StarGiftAttributeRarityLegendary | StarGiftAttributeRarityRare | StarGiftAttributeRarityUncommon
TypeStarGiftAuctionAcquiredGift: TypeAlias = StarGiftAuctionAcquiredGift
TypeStarGiftAuctionRound: TypeAlias = StarGiftAuctionRound | StarGiftAuctionRoundExtendable
TypeStarGiftAuctionState: TypeAlias = StarGiftAuctionState | StarGiftAuctionStateFinished | StarGiftAuctionStateNotModified
TypeStarGiftAuctionUserState: TypeAlias = StarGiftAuctionUserState
TypeStarGiftBackground: TypeAlias = StarGiftBackground
TypeStarGiftCollection: TypeAlias = StarGiftCollection
TypeStarGiftUpgradePrice: TypeAlias = StarGiftUpgradePrice
TypeStarRefProgram: TypeAlias = StarRefProgram
TypeStarsAmount: TypeAlias = StarsAmount | StarsTonAmount
TypeStarsGiftOption: TypeAlias = StarsGiftOption
TypeStarsGiveawayOption: TypeAlias = StarsGiveawayOption
TypeStarsGiveawayWinnersOption: TypeAlias = StarsGiveawayWinnersOption
TypeStarsRating: TypeAlias = StarsRating
TypeStarsRevenueStatus: TypeAlias = StarsRevenueStatus
TypeStarsSubscription: TypeAlias = StarsSubscription
TypeStarsSubscriptionPricing: TypeAlias = StarsSubscriptionPricing
TypeStarsTopupOption: TypeAlias = StarsTopupOption
TypeStarsTransaction: TypeAlias = StarsTransaction
TypeStarsTransactionPeer: TypeAlias = StarsTransactionPeer | StarsTransactionPeerAPI | StarsTransactionPeerAds | StarsTransactionPeerAppStore | StarsTransactionPeerFragment | StarsTransactionPeerPlayMarket | StarsTransactionPeerPremiumBot | StarsTransactionPeerUnsupported
TypeStatsAbsValueAndPrev: TypeAlias = StatsAbsValueAndPrev
TypeStatsDateRangeDays: TypeAlias = StatsDateRangeDays
TypeStatsGraph: TypeAlias = StatsGraph | StatsGraphAsync | StatsGraphError
TypeStatsGroupTopAdmin: TypeAlias = StatsGroupTopAdmin
TypeStatsGroupTopInviter: TypeAlias = StatsGroupTopInviter
TypeStatsGroupTopPoster: TypeAlias = StatsGroupTopPoster
TypeStatsPercentValue: TypeAlias = StatsPercentValue
TypeStatsURL: TypeAlias = StatsURL
TypeStickerKeyword: TypeAlias = StickerKeyword
TypeStickerPack: TypeAlias = StickerPack
TypeStickerSet: TypeAlias = StickerSet
TypeStickerSetCovered: TypeAlias = StickerSetCovered | StickerSetFullCovered | StickerSetMultiCovered | StickerSetNoCovered
TypeStoriesStealthMode: TypeAlias = StoriesStealthMode
TypeStoryAlbum: TypeAlias = StoryAlbum
TypeStoryFwdHeader: TypeAlias = StoryFwdHeader
TypeStoryItem: TypeAlias = StoryItem | StoryItemDeleted | StoryItemSkipped
TypeStoryReaction: TypeAlias = StoryReaction | StoryReactionPublicForward | StoryReactionPublicRepost
TypeStoryView: TypeAlias = StoryView | StoryViewPublicForward | StoryViewPublicRepost
TypeStoryViews: TypeAlias = StoryViews
TypeSuggestedPost: TypeAlias = SuggestedPost
TypeTextWithEntities: TypeAlias = TextWithEntities
TypeTheme: TypeAlias = Theme
TypeThemeSettings: TypeAlias = ThemeSettings
TypeTimezone: TypeAlias = Timezone
TypeTodoCompletion: TypeAlias = TodoCompletion
TypeTodoItem: TypeAlias = TodoItem
TypeTodoList: TypeAlias = TodoList
TypeTopPeer: TypeAlias = TopPeer
TypeTopPeerCategory: TypeAlias = TopPeerCategoryBotsApp | TopPeerCategoryBotsGuestChat | TopPeerCategoryBotsInline | TopPeerCategoryBotsPM | TopPeerCategoryChannels | TopPeerCategoryCorrespondents | TopPeerCategoryForwardChats | TopPeerCategoryForwardUsers | TopPeerCategoryGroups | TopPeerCategoryPhoneCalls
TypeTopPeerCategoryPeers: TypeAlias = TopPeerCategoryPeers
TypeUpdate: TypeAlias = UpdateAiComposeTones | UpdateAttachMenuBots | UpdateAutoSaveSettings | UpdateBotBusinessConnect | UpdateBotCallbackQuery | UpdateBotChatBoost | UpdateBotChatInviteRequester | UpdateBotCommands | UpdateBotDeleteBusinessMessage | UpdateBotEditBusinessMessage | UpdateBotGuestChatQuery | UpdateBotInlineQuery | UpdateBotInlineSend | UpdateBotMenuButton | UpdateBotMessageReaction | UpdateBotMessageReactions | UpdateBotNewBusinessMessage | UpdateBotPrecheckoutQuery | UpdateBotPurchasedPaidMedia | UpdateBotShippingQuery | UpdateBotStarsSubscription | UpdateBotStopped | UpdateBotWebhookJSON | UpdateBotWebhookJSONQuery | UpdateBroadcastRevenueTransactions | UpdateBusinessBotCallbackQuery | UpdateChannel | UpdateChannelAvailableMessages | UpdateChannelMessageForwards | UpdateChannelMessageViews | UpdateChannelParticipant | UpdateChannelPinnedTopic | UpdateChannelPinnedTopics | UpdateChannelReadMessagesContents | UpdateChannelTooLong | UpdateChannelUserTyping | UpdateChannelViewForumAsMessages | UpdateChannelWebPage | UpdateChat | UpdateChatDefaultBannedRights | UpdateChatParticipant | UpdateChatParticipantAdd | UpdateChatParticipantAdmin | UpdateChatParticipantDelete | UpdateChatParticipantRank | UpdateChatParticipants | UpdateChatUserTyping | UpdateConfig | UpdateContactsReset | UpdateDcOptions | UpdateDeleteChannelMessages | UpdateDeleteEphemeralMessages | UpdateDeleteGroupCallMessages | UpdateDeleteMessages | UpdateDeleteQuickReply | UpdateDeleteQuickReplyMessages | UpdateDeleteScheduledMessages | UpdateDialogFilter | UpdateDialogFilterOrder | UpdateDialogFilters | UpdateDialogPinned | UpdateDialogUnreadMark | UpdateDraftMessage | UpdateEditChannelMessage | UpdateEditEphemeralMessage | UpdateEditMessage | UpdateEmojiGameInfo | UpdateEncryptedChatTyping | UpdateEncryptedMessagesRead | UpdateEncryption | UpdateEphemeralBotCallbackQuery | UpdateFavedStickers | UpdateFolderPeers | UpdateGeoLiveViewed | UpdateGroupCall | UpdateGroupCallChainBlocks | UpdateGroupCallConnection | UpdateGroupCallEncryptedMessage | UpdateGroupCallMessage | UpdateGroupCallParticipants | UpdateGroupInvitePrivacyForbidden | UpdateInlineBotCallbackQuery | UpdateJoinChatWebViewDecision | UpdateLangPack | UpdateLangPackTooLong | UpdateLoginToken | UpdateManagedBot | UpdateMessageExtendedMedia | UpdateMessageID | UpdateMessagePoll | UpdateMessagePollVote | UpdateMessageReactions | UpdateMonoForumNoPaidException | UpdateMoveStickerSetToTop | UpdateNewAuthorization | UpdateNewBotConnection | UpdateNewChannelMessage | UpdateNewEncryptedMessage | UpdateNewEphemeralMessage | UpdateNewMessage | UpdateNewQuickReply | UpdateNewScheduledMessage | UpdateNewStickerSet | UpdateNewStoryReaction | UpdateNotifySettings | UpdatePaidReactionPrivacy | UpdatePeerBlocked | UpdatePeerHistoryTTL | UpdatePeerLocated | UpdatePeerSettings | UpdatePeerWallpaper | UpdatePendingJoinRequests | UpdatePhoneCall | UpdatePhoneCallSignalingData | UpdatePinnedChannelMessages | UpdatePinnedDialogs | UpdatePinnedForumTopic | UpdatePinnedForumTopics | UpdatePinnedMessages | UpdatePinnedSavedDialogs | UpdatePrivacy | UpdatePtsChanged | UpdateQuickReplies | UpdateQuickReplyMessage | UpdateReadChannelDiscussionInbox | UpdateReadChannelDiscussionOutbox | UpdateReadChannelInbox | UpdateReadChannelOutbox | UpdateReadFeaturedEmojiStickers | UpdateReadFeaturedStickers | UpdateReadHistoryInbox | UpdateReadHistoryOutbox | UpdateReadMessagesContents | UpdateReadMonoForumInbox | UpdateReadMonoForumOutbox | UpdateReadStories | UpdateRecentEmojiStatuses | UpdateRecentReactions | UpdateRecentStickers | UpdateSavedDialogPinned | UpdateSavedGifs | UpdateSavedReactionTags | UpdateSavedRingtones | UpdateSentPhoneCode | UpdateSentStoryReaction | UpdateServiceNotification | UpdateSmsJob | UpdateStarGiftAuctionState | UpdateStarGiftAuctionUserState | UpdateStarGiftCraftFail | UpdateStarsBalance | UpdateStarsRevenueStatus | UpdateStickerSets | UpdateStickerSetsOrder | UpdateStoriesStealthMode | UpdateStory | UpdateStoryID | UpdateTheme | UpdateTranscribedAudio | UpdateUser | UpdateUserEmojiStatus | UpdateUserName | UpdateUserPhone | UpdateUserStatus | UpdateUserTyping | UpdateWebBrowserException | UpdateWebBrowserSettings | UpdateWebPage | UpdateWebViewResultSent
TypeUpdates: TypeAlias = UpdateShort | UpdateShortChatMessage | UpdateShortMessage | UpdateShortSentMessage | Updates | UpdatesCombined | UpdatesTooLong
TypeUrlAuthResult: TypeAlias = UrlAuthResultAccepted | UrlAuthResultDefault | UrlAuthResultRequest
TypeUser: TypeAlias = User | UserEmpty
TypeUserFull: TypeAlias = UserFull
TypeUserProfilePhoto: TypeAlias = UserProfilePhoto | UserProfilePhotoEmpty
TypeUserStarGift: TypeAlias = UserStarGift
TypeUserStatus: TypeAlias = UserStatusEmpty | UserStatusLastMonth | UserStatusLastWeek | UserStatusOffline | UserStatusOnline | UserStatusRecently
TypeUserStories: TypeAlias = UserStories
TypeUsername: TypeAlias = Username
TypeVideoSize: TypeAlias = VideoSize | VideoSizeEmojiMarkup | VideoSizeStickerMarkup
TypeWallPaper: TypeAlias = WallPaper | WallPaperNoFile
TypeWallPaperSettings: TypeAlias = WallPaperSettings
TypeWalletState: TypeAlias = WalletStateEmpty
TypeWebAuthorization: TypeAlias = WebAuthorization
TypeWebDocument: TypeAlias = WebDocument | WebDocumentNoProxy
TypeWebDomainException: TypeAlias = WebDomainException
TypeWebPage: TypeAlias = WebPage | WebPageEmpty | WebPageNotModified | WebPagePending
TypeWebPageAttribute: TypeAlias = WebPageAttributeAiComposeTone | WebPageAttributeStarGiftAuction | WebPageAttributeStarGiftCollection | WebPageAttributeStickerSet | WebPageAttributeStory | WebPageAttributeTheme | WebPageAttributeUniqueStarGift
TypeWebViewMessageSent: TypeAlias = WebViewMessageSent
TypeWebViewResult: TypeAlias = WebViewResultUrl
class account:
    class AcceptAuthorization(_Object):
        bot_id: builtins.int
        scope: builtins.str
        public_key: builtins.str
        value_hashes: Sequence[TypeSecureValueHash]
        credentials: TypeSecureCredentialsEncrypted
    class AddNoPaidMessagesException(_Object):
        refund_charged: builtins.bool = False
        user_id: TypeInputUser
    class AuthorizationForm(_Object):
        required_types: Sequence[TypeSecureRequiredType]
        values: Sequence[TypeSecureValue]
        errors: Sequence[TypeSecureValueError]
        users: Sequence[TypeUser]
        privacy_policy_url: builtins.str | None = None
    class Authorizations(_Object):
        authorization_ttl_days: builtins.int
        authorizations: Sequence[TypeAuthorization]
    class AutoDownloadSettings(_Object):
        low: TypeAutoDownloadSettings
        medium: TypeAutoDownloadSettings
        high: TypeAutoDownloadSettings
    class AutoSaveSettings(_Object):
        users_settings: TypeAutoSaveSettings
        chats_settings: TypeAutoSaveSettings
        broadcasts_settings: TypeAutoSaveSettings
        exceptions: Sequence[TypeAutoSaveException]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class BusinessChatLinks(_Object):
        links: Sequence[TypeBusinessChatLink]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class CancelPasswordEmail(_Object): ...
    class ChangeAuthorizationSettings(_Object):
        confirmed: builtins.bool = False
        hash: builtins.int
        encrypted_requests_disabled: builtins.bool | None = None
        call_requests_disabled: builtins.bool | None = None
    class ChangePhone(_Object):
        phone_number: builtins.str
        phone_code_hash: builtins.str
        phone_code: builtins.str
    class ChatThemes(_Object):
        hash: builtins.int
        themes: Sequence[TypeChatTheme]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
        next_offset: builtins.str | None = None
    class ChatThemesNotModified(_Object): ...
    class CheckUsername(_Object):
        username: builtins.str
    class ClearRecentEmojiStatuses(_Object): ...
    class ConfirmBotConnection(_Object):
        bot_id: TypeInputUser
    class ConfirmPasswordEmail(_Object):
        code: builtins.str
    class ConfirmPhone(_Object):
        phone_code_hash: builtins.str
        phone_code: builtins.str
    class ConnectedBots(_Object):
        connected_bots: Sequence[TypeConnectedBot]
        users: Sequence[TypeUser]
    class ContentSettings(_Object):
        sensitive_enabled: builtins.bool = False
        sensitive_can_change: builtins.bool = False
    class CreateBusinessChatLink(_Object):
        link: TypeInputBusinessChatLink
    class CreateTheme(_Object):
        slug: builtins.str
        title: builtins.str
        document: TypeInputDocument | None = None
        settings: Sequence[TypeInputThemeSettings] | None = None
    class DeclinePasswordReset(_Object): ...
    class DeleteAccount(_Object):
        reason: builtins.str
        password: TypeInputCheckPasswordSRP | None = None
    class DeleteAutoSaveExceptions(_Object): ...
    class DeleteBusinessChatLink(_Object):
        slug: builtins.str
    class DeletePasskey(_Object):
        id: builtins.str
    class DeleteSecureValue(_Object):
        types: Sequence[TypeSecureValueType]
    class DeleteWebBrowserSettingsExceptions(_Object): ...
    class DisablePeerConnectedBot(_Object):
        peer: TypeInputPeer
    class EditBusinessChatLink(_Object):
        slug: builtins.str
        link: TypeInputBusinessChatLink
    class EmailVerified(_Object):
        email: builtins.str
    class EmailVerifiedLogin(_Object):
        email: builtins.str
        sent_code: _auth_TypeSentCode
    class EmojiStatuses(_Object):
        hash: builtins.int
        statuses: Sequence[TypeEmojiStatus]
    class EmojiStatusesNotModified(_Object): ...
    class FinishTakeoutSession(_Object):
        success: builtins.bool = False
    class GetAccountTTL(_Object): ...
    class GetAllSecureValues(_Object): ...
    class GetAuthorizationForm(_Object):
        bot_id: builtins.int
        scope: builtins.str
        public_key: builtins.str
    class GetAuthorizations(_Object): ...
    class GetAutoDownloadSettings(_Object): ...
    class GetAutoSaveSettings(_Object): ...
    class GetBotBusinessConnection(_Object):
        connection_id: builtins.str
    class GetBusinessChatLinks(_Object): ...
    class GetChannelDefaultEmojiStatuses(_Object):
        hash: builtins.int
    class GetChannelRestrictedStatusEmojis(_Object):
        hash: builtins.int
    class GetChatThemes(_Object):
        hash: builtins.int
    class GetCollectibleEmojiStatuses(_Object):
        hash: builtins.int
    class GetConnectedBots(_Object): ...
    class GetContactSignUpNotification(_Object): ...
    class GetContentSettings(_Object): ...
    class GetDefaultBackgroundEmojis(_Object):
        hash: builtins.int
    class GetDefaultEmojiStatuses(_Object):
        hash: builtins.int
    class GetDefaultGroupPhotoEmojis(_Object):
        hash: builtins.int
    class GetDefaultProfilePhotoEmojis(_Object):
        hash: builtins.int
    class GetGlobalPrivacySettings(_Object): ...
    class GetMultiWallPapers(_Object):
        wallpapers: Sequence[TypeInputWallPaper]
    class GetNotifyExceptions(_Object):
        compare_sound: builtins.bool = False
        compare_stories: builtins.bool = False
        peer: TypeInputNotifyPeer | None = None
    class GetNotifySettings(_Object):
        peer: TypeInputNotifyPeer
    class GetPaidMessagesRevenue(_Object):
        parent_peer: TypeInputPeer | None = None
        user_id: TypeInputUser
    class GetPasskeys(_Object): ...
    class GetPassword(_Object): ...
    class GetPasswordSettings(_Object):
        password: TypeInputCheckPasswordSRP
    class GetPrivacy(_Object):
        key: TypeInputPrivacyKey
    class GetReactionsNotifySettings(_Object): ...
    class GetRecentEmojiStatuses(_Object):
        hash: builtins.int
    class GetSavedMusicIds(_Object):
        hash: builtins.int
    class GetSavedRingtones(_Object):
        hash: builtins.int
    class GetSecureValue(_Object):
        types: Sequence[TypeSecureValueType]
    class GetTheme(_Object):
        format: builtins.str
        theme: TypeInputTheme
    class GetThemes(_Object):
        format: builtins.str
        hash: builtins.int
    class GetTmpPassword(_Object):
        password: TypeInputCheckPasswordSRP
        period: builtins.int
    class GetUniqueGiftChatThemes(_Object):
        offset: builtins.str
        limit: builtins.int
        hash: builtins.int
    class GetWallPaper(_Object):
        wallpaper: TypeInputWallPaper
    class GetWallPapers(_Object):
        hash: builtins.int
    class GetWebAuthorizations(_Object): ...
    class GetWebBrowserSettings(_Object):
        hash: builtins.int
    class InitPasskeyRegistration(_Object): ...
    class InitTakeoutSession(_Object):
        contacts: builtins.bool = False
        message_users: builtins.bool = False
        message_chats: builtins.bool = False
        message_megagroups: builtins.bool = False
        message_channels: builtins.bool = False
        files: builtins.bool = False
        file_max_size: builtins.int | None = None
    class InstallTheme(_Object):
        dark: builtins.bool = False
        theme: TypeInputTheme | None = None
        format: builtins.str | None = None
        base_theme: TypeBaseTheme | None = None
    class InstallWallPaper(_Object):
        wallpaper: TypeInputWallPaper
        settings: TypeWallPaperSettings
    class InvalidateSignInCodes(_Object):
        codes: Sequence[builtins.str]
    class PaidMessagesRevenue(_Object):
        stars_amount: builtins.int
    class PasskeyRegistrationOptions(_Object):
        options: TypeDataJSON
    class Passkeys(_Object):
        passkeys: Sequence[TypePasskey]
    class Password(_Object):
        has_recovery: builtins.bool = False
        has_secure_values: builtins.bool = False
        has_password: builtins.bool = False
        current_algo: TypePasswordKdfAlgo | None = None
        srp_B: builtins.bytes | None = None
        srp_id: builtins.int | None = None
        hint: builtins.str | None = None
        email_unconfirmed_pattern: builtins.str | None = None
        new_algo: TypePasswordKdfAlgo
        new_secure_algo: TypeSecurePasswordKdfAlgo
        secure_random: builtins.bytes
        pending_reset_date: builtins.int | None = None
        login_email_pattern: builtins.str | None = None
    class PasswordInputSettings(_Object):
        new_algo: TypePasswordKdfAlgo | None = None
        new_password_hash: builtins.bytes | None = None
        hint: builtins.str | None = None
        email: builtins.str | None = None
        new_secure_settings: TypeSecureSecretSettings | None = None
    class PasswordSettings(_Object):
        email: builtins.str | None = None
        secure_settings: TypeSecureSecretSettings | None = None
    class PrivacyRules(_Object):
        rules: Sequence[TypePrivacyRule]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class RegisterDevice(_Object):
        no_muted: builtins.bool = False
        token_type: builtins.int
        token: builtins.str
        app_sandbox: builtins.bool
        secret: builtins.bytes
        other_uids: Sequence[builtins.int]
    class RegisterPasskey(_Object):
        credential: TypeInputPasskeyCredential
    class ReorderUsernames(_Object):
        order: Sequence[builtins.str]
    class ReportPeer(_Object):
        peer: TypeInputPeer
        reason: TypeReportReason
        message: builtins.str
    class ReportProfilePhoto(_Object):
        peer: TypeInputPeer
        photo_id: TypeInputPhoto
        reason: TypeReportReason
        message: builtins.str
    class ResendPasswordEmail(_Object): ...
    class ResetAuthorization(_Object):
        hash: builtins.int
    class ResetNotifySettings(_Object): ...
    class ResetPassword(_Object): ...
    class ResetPasswordFailedWait(_Object):
        retry_date: builtins.int
    class ResetPasswordOk(_Object): ...
    class ResetPasswordRequestedWait(_Object):
        until_date: builtins.int
    class ResetWallPapers(_Object): ...
    class ResetWebAuthorization(_Object):
        hash: builtins.int
    class ResetWebAuthorizations(_Object): ...
    class ResolveBusinessChatLink(_Object):
        slug: builtins.str
    class ResolvedBusinessChatLinks(_Object):
        peer: TypePeer
        message: builtins.str
        entities: Sequence[TypeMessageEntity] | None = None
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class SaveAutoDownloadSettings(_Object):
        low: builtins.bool = False
        high: builtins.bool = False
        settings: TypeAutoDownloadSettings
    class SaveAutoSaveSettings(_Object):
        users: builtins.bool = False
        chats: builtins.bool = False
        broadcasts: builtins.bool = False
        peer: TypeInputPeer | None = None
        settings: TypeAutoSaveSettings
    class SaveMusic(_Object):
        unsave: builtins.bool = False
        id: TypeInputDocument
        after_id: TypeInputDocument | None = None
    class SaveRingtone(_Object):
        id: TypeInputDocument
        unsave: builtins.bool
    class SaveSecureValue(_Object):
        value: TypeInputSecureValue
        secure_secret_id: builtins.int
    class SaveTheme(_Object):
        theme: TypeInputTheme
        unsave: builtins.bool
    class SaveWallPaper(_Object):
        wallpaper: TypeInputWallPaper
        unsave: builtins.bool
        settings: TypeWallPaperSettings
    class SavedMusicIds(_Object):
        ids: Sequence[builtins.int]
    class SavedMusicIdsNotModified(_Object): ...
    class SavedRingtone(_Object): ...
    class SavedRingtoneConverted(_Object):
        document: TypeDocument
    class SavedRingtones(_Object):
        hash: builtins.int
        ringtones: Sequence[TypeDocument]
    class SavedRingtonesNotModified(_Object): ...
    class SendChangePhoneCode(_Object):
        phone_number: builtins.str
        settings: TypeCodeSettings
    class SendConfirmPhoneCode(_Object):
        hash: builtins.str
        settings: TypeCodeSettings
    class SendVerifyEmailCode(_Object):
        purpose: TypeEmailVerifyPurpose
        email: builtins.str
    class SendVerifyPhoneCode(_Object):
        phone_number: builtins.str
        settings: TypeCodeSettings
    class SentEmailCode(_Object):
        email_pattern: builtins.str
        length: builtins.int
    class SetAccountTTL(_Object):
        ttl: TypeAccountDaysTTL
    class SetAuthorizationTTL(_Object):
        authorization_ttl_days: builtins.int
    class SetContactSignUpNotification(_Object):
        silent: builtins.bool
    class SetContentSettings(_Object):
        sensitive_enabled: builtins.bool = False
    class SetGlobalPrivacySettings(_Object):
        settings: TypeGlobalPrivacySettings
    class SetMainProfileTab(_Object):
        tab: TypeProfileTab
    class SetPrivacy(_Object):
        key: TypeInputPrivacyKey
        rules: Sequence[TypeInputPrivacyRule]
    class SetReactionsNotifySettings(_Object):
        settings: TypeReactionsNotifySettings
    class Takeout(_Object):
        id: builtins.int
    class Themes(_Object):
        hash: builtins.int
        themes: Sequence[TypeTheme]
    class ThemesNotModified(_Object): ...
    class TmpPassword(_Object):
        tmp_password: builtins.bytes
        valid_until: builtins.int
    class ToggleConnectedBotPaused(_Object):
        peer: TypeInputPeer
        paused: builtins.bool
    class ToggleNoPaidMessagesException(_Object):
        refund_charged: builtins.bool = False
        require_payment: builtins.bool = False
        parent_peer: TypeInputPeer | None = None
        user_id: TypeInputUser
    class ToggleSponsoredMessages(_Object):
        enabled: builtins.bool
    class ToggleUsername(_Object):
        username: builtins.str
        active: builtins.bool
    class ToggleWebBrowserSettingsException(_Object):
        delete: builtins.bool = False
        open_external_browser: builtins.bool | None = None
        url: builtins.str
    class UnregisterDevice(_Object):
        token_type: builtins.int
        token: builtins.str
        other_uids: Sequence[builtins.int]
    class UpdateBirthday(_Object):
        birthday: TypeBirthday | None = None
    class UpdateBusinessAwayMessage(_Object):
        message: TypeInputBusinessAwayMessage | None = None
    class UpdateBusinessGreetingMessage(_Object):
        message: TypeInputBusinessGreetingMessage | None = None
    class UpdateBusinessIntro(_Object):
        intro: TypeInputBusinessIntro | None = None
    class UpdateBusinessLocation(_Object):
        geo_point: TypeInputGeoPoint | None = None
        address: builtins.str | None = None
    class UpdateBusinessWorkHours(_Object):
        business_work_hours: TypeBusinessWorkHours | None = None
    class UpdateColor(_Object):
        for_profile: builtins.bool = False
        color: TypePeerColor | None = None
    class UpdateConnectedBot(_Object):
        deleted: builtins.bool = False
        rights: TypeBusinessBotRights | None = None
        bot: TypeInputUser
        recipients: TypeInputBusinessBotRecipients
    class UpdateDeviceLocked(_Object):
        period: builtins.int
    class UpdateEmojiStatus(_Object):
        emoji_status: TypeEmojiStatus
    class UpdateNotifySettings(_Object):
        peer: TypeInputNotifyPeer
        settings: TypeInputPeerNotifySettings
    class UpdatePasswordSettings(_Object):
        password: TypeInputCheckPasswordSRP
        new_settings: _account_TypePasswordInputSettings
    class UpdatePersonalChannel(_Object):
        channel: TypeInputChannel
    class UpdateProfile(_Object):
        first_name: builtins.str | None = None
        last_name: builtins.str | None = None
        about: builtins.str | None = None
    class UpdateStatus(_Object):
        offline: builtins.bool
    class UpdateTheme(_Object):
        format: builtins.str
        theme: TypeInputTheme
        slug: builtins.str | None = None
        title: builtins.str | None = None
        document: TypeInputDocument | None = None
        settings: Sequence[TypeInputThemeSettings] | None = None
    class UpdateUsername(_Object):
        username: builtins.str
    class UpdateWebBrowserSettings(_Object):
        open_external_browser: builtins.bool = False
        display_close_button: builtins.bool = False
    class UploadRingtone(_Object):
        file: TypeInputFile
        file_name: builtins.str
        mime_type: builtins.str
    class UploadTheme(_Object):
        file: TypeInputFile
        thumb: TypeInputFile | None = None
        file_name: builtins.str
        mime_type: builtins.str
    class UploadWallPaper(_Object):
        for_chat: builtins.bool = False
        file: TypeInputFile
        mime_type: builtins.str
        settings: TypeWallPaperSettings
    class VerifyEmail(_Object):
        purpose: TypeEmailVerifyPurpose
        verification: TypeEmailVerification
    class VerifyPhone(_Object):
        phone_number: builtins.str
        phone_code_hash: builtins.str
        phone_code: builtins.str
    class WallPapers(_Object):
        hash: builtins.int
        wallpapers: Sequence[TypeWallPaper]
    class WallPapersNotModified(_Object): ...
    class WebAuthorizations(_Object):
        authorizations: Sequence[TypeWebAuthorization]
        users: Sequence[TypeUser]
    class WebBrowserSettings(_Object):
        open_external_browser: builtins.bool = False
        display_close_button: builtins.bool = False
        external_exceptions: Sequence[TypeWebDomainException]
        inapp_exceptions: Sequence[TypeWebDomainException]
        hash: builtins.int
    class WebBrowserSettingsNotModified(_Object): ...
    TypeAuthorizationForm: TypeAlias = AuthorizationForm
    TypeAuthorizations: TypeAlias = Authorizations
    TypeAutoDownloadSettings: TypeAlias = AutoDownloadSettings
    TypeAutoSaveSettings: TypeAlias = AutoSaveSettings
    TypeBusinessChatLinks: TypeAlias = BusinessChatLinks
    TypeChatThemes: TypeAlias = ChatThemes | ChatThemesNotModified
    TypeConnectedBots: TypeAlias = ConnectedBots
    TypeContentSettings: TypeAlias = ContentSettings
    TypeEmailVerified: TypeAlias = EmailVerified | EmailVerifiedLogin
    TypeEmojiStatuses: TypeAlias = EmojiStatuses | EmojiStatusesNotModified
    TypePaidMessagesRevenue: TypeAlias = PaidMessagesRevenue
    TypePasskeyRegistrationOptions: TypeAlias = PasskeyRegistrationOptions
    TypePasskeys: TypeAlias = Passkeys
    TypePassword: TypeAlias = Password
    TypePasswordInputSettings: TypeAlias = PasswordInputSettings
    TypePasswordSettings: TypeAlias = PasswordSettings
    TypePrivacyRules: TypeAlias = PrivacyRules
    TypeResetPasswordResult: TypeAlias = ResetPasswordFailedWait | ResetPasswordOk | ResetPasswordRequestedWait
    TypeResolvedBusinessChatLinks: TypeAlias = ResolvedBusinessChatLinks
    TypeSavedMusicIds: TypeAlias = SavedMusicIds | SavedMusicIdsNotModified
    TypeSavedRingtone: TypeAlias = SavedRingtone | SavedRingtoneConverted
    TypeSavedRingtones: TypeAlias = SavedRingtones | SavedRingtonesNotModified
    TypeSentEmailCode: TypeAlias = SentEmailCode
    TypeTakeout: TypeAlias = Takeout
    TypeThemes: TypeAlias = Themes | ThemesNotModified
    TypeTmpPassword: TypeAlias = TmpPassword
    TypeWallPapers: TypeAlias = WallPapers | WallPapersNotModified
    TypeWebAuthorizations: TypeAlias = WebAuthorizations
    TypeWebBrowserSettings: TypeAlias = WebBrowserSettings | WebBrowserSettingsNotModified
class aicompose:
    class CreateTone(_Object):
        display_author: builtins.bool = False
        emoji_id: builtins.int
        title: builtins.str
        prompt: builtins.str
    class DeleteTone(_Object):
        tone: TypeInputAiComposeTone
    class GetTone(_Object):
        tone: TypeInputAiComposeTone
    class GetToneExample(_Object):
        tone: TypeInputAiComposeTone
        num: builtins.int
    class GetTones(_Object):
        hash: builtins.int
    class SaveTone(_Object):
        tone: TypeInputAiComposeTone
        unsave: builtins.bool
    class Tones(_Object):
        hash: builtins.int
        tones: Sequence[TypeAiComposeTone]
        users: Sequence[TypeUser]
    class TonesNotModified(_Object): ...
    class UpdateTone(_Object):
        tone: TypeInputAiComposeTone
        display_author: builtins.bool | None = None
        emoji_id: builtins.int | None = None
        title: builtins.str | None = None
        prompt: builtins.str | None = None
    TypeTones: TypeAlias = Tones | TonesNotModified
class auth:
    class AcceptLoginToken(_Object):
        token: builtins.bytes
    class Authorization(_Object):
        setup_password_required: builtins.bool = False
        otherwise_relogin_days: builtins.int | None = None
        tmp_sessions: builtins.int | None = None
        future_auth_token: builtins.bytes | None = None
        user: TypeUser
    class AuthorizationSignUpRequired(_Object):
        terms_of_service: _help_TypeTermsOfService | None = None
    class BindTempAuthKey(_Object):
        perm_auth_key_id: builtins.int
        nonce: builtins.int
        expires_at: builtins.int
        encrypted_message: builtins.bytes
    class CancelCode(_Object):
        phone_number: builtins.str
        phone_code_hash: builtins.str
    class CheckPaidAuth(_Object):
        phone_number: builtins.str
        phone_code_hash: builtins.str
        form_id: builtins.int
    class CheckPassword(_Object):
        password: TypeInputCheckPasswordSRP
    class CheckRecoveryPassword(_Object):
        code: builtins.str
    class CodeTypeCall(_Object): ...
    class CodeTypeFlashCall(_Object): ...
    class CodeTypeFragmentSms(_Object): ...
    class CodeTypeMissedCall(_Object): ...
    class CodeTypeSms(_Object): ...
    class DropTempAuthKeys(_Object):
        except_auth_keys: Sequence[builtins.int]
    class ExportAuthorization(_Object):
        dc_id: builtins.int
    class ExportLoginToken(_Object):
        api_id: builtins.int
        api_hash: builtins.str
        except_ids: Sequence[builtins.int]
    class ExportedAuthorization(_Object):
        id: builtins.int
        bytes: builtins.bytes
    class FinishFirebasePnvLogin(_Object):
        google_token: builtins.str
    class FinishPasskeyLogin(_Object):
        credential: TypeInputPasskeyCredential
        from_dc_id: builtins.int | None = None
        from_auth_key_id: builtins.int | None = None
    class FirebasePnvIntent(_Object):
        nonce: builtins.str
        digital_credential_payload: builtins.str
    class FirebasePnvSignUp(_Object):
        no_joined_notifications: builtins.bool = False
        first_name: builtins.str
        last_name: builtins.str
    class ImportAuthorization(_Object):
        id: builtins.int
        bytes: builtins.bytes
    class ImportBotAuthorization(_Object):
        flags: builtins.int
        api_id: builtins.int
        api_hash: builtins.str
        bot_auth_token: builtins.str
    class ImportLoginToken(_Object):
        token: builtins.bytes
    class ImportWebTokenAuthorization(_Object):
        api_id: builtins.int
        api_hash: builtins.str
        web_auth_token: builtins.str
    class InitFirebasePnvLogin(_Object):
        api_id: builtins.int
        api_hash: builtins.str
    class InitPasskeyLogin(_Object):
        api_id: builtins.int
        api_hash: builtins.str
    class LogOut(_Object): ...
    class LoggedOut(_Object):
        future_auth_token: builtins.bytes | None = None
    class LoginToken(_Object):
        expires: builtins.int
        token: builtins.bytes
    class LoginTokenMigrateTo(_Object):
        dc_id: builtins.int
        token: builtins.bytes
    class LoginTokenSuccess(_Object):
        authorization: _auth_TypeAuthorization
    class PasskeyLoginOptions(_Object):
        options: TypeDataJSON
    class PasswordRecovery(_Object):
        email_pattern: builtins.str
    class RecoverPassword(_Object):
        code: builtins.str
        new_settings: _account_TypePasswordInputSettings | None = None
    class ReportMissingCode(_Object):
        phone_number: builtins.str
        phone_code_hash: builtins.str
        mnc: builtins.str
    class RequestFirebaseSms(_Object):
        phone_number: builtins.str
        phone_code_hash: builtins.str
        safety_net_token: builtins.str | None = None
        play_integrity_token: builtins.str | None = None
        ios_push_secret: builtins.str | None = None
    class RequestPasswordRecovery(_Object): ...
    class ResendCode(_Object):
        phone_number: builtins.str
        phone_code_hash: builtins.str
        reason: builtins.str | None = None
    class ResetAuthorizations(_Object): ...
    class ResetLoginEmail(_Object):
        phone_number: builtins.str
        phone_code_hash: builtins.str
    class SendCode(_Object):
        phone_number: builtins.str
        api_id: builtins.int
        api_hash: builtins.str
        settings: TypeCodeSettings
    class SentCode(_Object):
        type: _auth_TypeSentCodeType
        phone_code_hash: builtins.str
        next_type: _auth_TypeCodeType | None = None
        timeout: builtins.int | None = None
    class SentCodePaymentRequired(_Object):
        store_product: builtins.str
        phone_code_hash: builtins.str
        support_email_address: builtins.str
        support_email_subject: builtins.str
        premium_days: builtins.int
        currency: builtins.str
        amount: builtins.int
    class SentCodeSuccess(_Object):
        authorization: _auth_TypeAuthorization
    class SentCodeTypeApp(_Object):
        length: builtins.int
    class SentCodeTypeCall(_Object):
        length: builtins.int
    class SentCodeTypeEmailCode(_Object):
        apple_signin_allowed: builtins.bool = False
        google_signin_allowed: builtins.bool = False
        email_pattern: builtins.str
        length: builtins.int
        reset_available_period: builtins.int | None = None
        reset_pending_date: builtins.int | None = None
    class SentCodeTypeFirebaseSms(_Object):
        nonce: builtins.bytes | None = None
        play_integrity_project_id: builtins.int | None = None
        play_integrity_nonce: builtins.bytes | None = None
        receipt: builtins.str | None = None
        push_timeout: builtins.int | None = None
        length: builtins.int
    class SentCodeTypeFlashCall(_Object):
        pattern: builtins.str
    class SentCodeTypeFragmentSms(_Object):
        url: builtins.str
        length: builtins.int
    class SentCodeTypeMissedCall(_Object):
        prefix: builtins.str
        length: builtins.int
    class SentCodeTypeSetUpEmailRequired(_Object):
        apple_signin_allowed: builtins.bool = False
        google_signin_allowed: builtins.bool = False
    class SentCodeTypeSms(_Object):
        length: builtins.int
    class SentCodeTypeSmsPhrase(_Object):
        beginning: builtins.str | None = None
    class SentCodeTypeSmsWord(_Object):
        beginning: builtins.str | None = None
    class SignIn(_Object):
        phone_number: builtins.str
        phone_code_hash: builtins.str
        phone_code: builtins.str | None = None
        email_verification: TypeEmailVerification | None = None
    class SignUp(_Object):
        no_joined_notifications: builtins.bool = False
        phone_number: builtins.str
        phone_code_hash: builtins.str
        first_name: builtins.str
        last_name: builtins.str
    TypeAuthorization: TypeAlias = Authorization | AuthorizationSignUpRequired
    TypeCodeType: TypeAlias = CodeTypeCall | CodeTypeFlashCall | CodeTypeFragmentSms | CodeTypeMissedCall | CodeTypeSms
    TypeExportedAuthorization: TypeAlias = ExportedAuthorization
    TypeFirebasePnvIntent: TypeAlias = FirebasePnvIntent
    TypeLoggedOut: TypeAlias = LoggedOut
    TypeLoginToken: TypeAlias = LoginToken | LoginTokenMigrateTo | LoginTokenSuccess
    TypePasskeyLoginOptions: TypeAlias = PasskeyLoginOptions
    TypePasswordRecovery: TypeAlias = PasswordRecovery
    TypeSentCode: TypeAlias = SentCode | SentCodePaymentRequired | SentCodeSuccess
    TypeSentCodeType: TypeAlias = SentCodeTypeApp | SentCodeTypeCall | SentCodeTypeEmailCode | SentCodeTypeFirebaseSms | SentCodeTypeFlashCall | SentCodeTypeFragmentSms | SentCodeTypeMissedCall | SentCodeTypeSetUpEmailRequired | SentCodeTypeSms | SentCodeTypeSmsPhrase | SentCodeTypeSmsWord
class bots:
    class AccessSettings(_Object):
        restricted: builtins.bool = False
        add_users: Sequence[TypeUser] | None = None
    class AddPreviewMedia(_Object):
        bot: TypeInputUser
        lang_code: builtins.str
        media: TypeInputMedia
    class AllowSendMessage(_Object):
        bot: TypeInputUser
    class AnswerWebhookJSONQuery(_Object):
        query_id: builtins.int
        data: TypeDataJSON
    class BotInfo(_Object):
        name: builtins.str
        about: builtins.str
        description: builtins.str
    class CanSendMessage(_Object):
        bot: TypeInputUser
    class CheckDownloadFileParams(_Object):
        bot: TypeInputUser
        file_name: builtins.str
        url: builtins.str
    class CheckUsername(_Object):
        username: builtins.str
    class CreateBot(_Object):
        via_deeplink: builtins.bool = False
        name: builtins.str
        username: builtins.str
        manager_id: TypeInputUser
    class DeletePreviewMedia(_Object):
        bot: TypeInputUser
        lang_code: builtins.str
        media: Sequence[TypeInputMedia]
    class EditAccessSettings(_Object):
        restricted: builtins.bool = False
        bot: TypeInputUser
        add_users: Sequence[TypeInputUser] | None = None
    class EditPreviewMedia(_Object):
        bot: TypeInputUser
        lang_code: builtins.str
        media: TypeInputMedia
        new_media: TypeInputMedia
    class ExportBotToken(_Object):
        bot: TypeInputUser
        revoke: builtins.bool
    class ExportedBotToken(_Object):
        token: builtins.str
    class GetAccessSettings(_Object):
        bot: TypeInputUser
    class GetAdminedBots(_Object): ...
    class GetBotCommands(_Object):
        scope: TypeBotCommandScope
        lang_code: builtins.str
    class GetBotInfo(_Object):
        bot: TypeInputUser | None = None
        lang_code: builtins.str
    class GetBotMenuButton(_Object):
        user_id: TypeInputUser
    class GetBotRecommendations(_Object):
        bot: TypeInputUser
    class GetPopularAppBots(_Object):
        offset: builtins.str
        limit: builtins.int
    class GetPreviewInfo(_Object):
        bot: TypeInputUser
        lang_code: builtins.str
    class GetPreviewMedias(_Object):
        bot: TypeInputUser
    class GetRequestedWebViewButton(_Object):
        bot: TypeInputUser
        webapp_req_id: builtins.str
    class InvokeWebViewCustomMethod(_Object):
        bot: TypeInputUser
        custom_method: builtins.str
        params: TypeDataJSON
    class PopularAppBots(_Object):
        next_offset: builtins.str | None = None
        users: Sequence[TypeUser]
    class PreviewInfo(_Object):
        media: Sequence[TypeBotPreviewMedia]
        lang_codes: Sequence[builtins.str]
    class ReorderPreviewMedias(_Object):
        bot: TypeInputUser
        lang_code: builtins.str
        order: Sequence[TypeInputMedia]
    class ReorderUsernames(_Object):
        bot: TypeInputUser
        order: Sequence[builtins.str]
    class RequestWebViewButton(_Object):
        user_id: TypeInputUser
        button: TypeKeyboardButton
    class RequestedButton(_Object):
        webapp_req_id: builtins.str
    class ResetBotCommands(_Object):
        scope: TypeBotCommandScope
        lang_code: builtins.str
    class SendCustomRequest(_Object):
        custom_method: builtins.str
        params: TypeDataJSON
    class SetBotBroadcastDefaultAdminRights(_Object):
        admin_rights: TypeChatAdminRights
    class SetBotCommands(_Object):
        scope: TypeBotCommandScope
        lang_code: builtins.str
        commands: Sequence[TypeBotCommand]
    class SetBotGroupDefaultAdminRights(_Object):
        admin_rights: TypeChatAdminRights
    class SetBotInfo(_Object):
        bot: TypeInputUser | None = None
        lang_code: builtins.str
        name: builtins.str | None = None
        about: builtins.str | None = None
        description: builtins.str | None = None
    class SetBotMenuButton(_Object):
        user_id: TypeInputUser
        button: TypeBotMenuButton
    class SetCustomVerification(_Object):
        enabled: builtins.bool = False
        bot: TypeInputUser | None = None
        peer: TypeInputPeer
        custom_description: builtins.str | None = None
    class SetJoinChatResults(_Object):
        query_id: builtins.int
        result: TypeJoinChatBotResult
    class ToggleUserEmojiStatusPermission(_Object):
        bot: TypeInputUser
        enabled: builtins.bool
    class ToggleUsername(_Object):
        bot: TypeInputUser
        username: builtins.str
        active: builtins.bool
    class UpdateStarRefProgram(_Object):
        bot: TypeInputUser
        commission_permille: builtins.int
        duration_months: builtins.int | None = None
    class UpdateUserEmojiStatus(_Object):
        user_id: TypeInputUser
        emoji_status: TypeEmojiStatus
    TypeAccessSettings: TypeAlias = AccessSettings
    TypeBotInfo: TypeAlias = BotInfo
    TypeExportedBotToken: TypeAlias = ExportedBotToken
    TypePopularAppBots: TypeAlias = PopularAppBots
    TypePreviewInfo: TypeAlias = PreviewInfo
    TypeRequestedButton: TypeAlias = RequestedButton
class channels:
    class AdminLogResults(_Object):
        events: Sequence[TypeChannelAdminLogEvent]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ChannelParticipant(_Object):
        participant: TypeChannelParticipant
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ChannelParticipants(_Object):
        count: builtins.int
        participants: Sequence[TypeChannelParticipant]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ChannelParticipantsNotModified(_Object): ...
    class CheckSearchPostsFlood(_Object):
        query: builtins.str | None = None
    class CheckUsername(_Object):
        channel: TypeInputChannel
        username: builtins.str
    class ClickSponsoredMessage(_Object):
        media: builtins.bool = False
        fullscreen: builtins.bool = False
        channel: TypeInputChannel
        random_id: builtins.bytes
    class ConvertToGigagroup(_Object):
        channel: TypeInputChannel
    class CreateChannel(_Object):
        broadcast: builtins.bool = False
        megagroup: builtins.bool = False
        for_import: builtins.bool = False
        forum: builtins.bool = False
        title: builtins.str
        about: builtins.str
        geo_point: TypeInputGeoPoint | None = None
        address: builtins.str | None = None
        ttl_period: builtins.int | None = None
    class CreateForumTopic(_Object):
        channel: TypeInputChannel
        title: builtins.str
        icon_color: builtins.int | None = None
        icon_emoji_id: builtins.int | None = None
        random_id: builtins.int
        send_as: TypeInputPeer | None = None
    class DeactivateAllUsernames(_Object):
        channel: TypeInputChannel
    class DeleteChannel(_Object):
        channel: TypeInputChannel
    class DeleteHistory(_Object):
        for_everyone: builtins.bool = False
        channel: TypeInputChannel
        max_id: builtins.int
    class DeleteMessages(_Object):
        channel: TypeInputChannel
        id: Sequence[builtins.int]
    class DeleteParticipantHistory(_Object):
        channel: TypeInputChannel
        participant: TypeInputPeer
    class DeleteTopicHistory(_Object):
        channel: TypeInputChannel
        top_msg_id: builtins.int
    class EditAdmin(_Object):
        channel: TypeInputChannel
        user_id: TypeInputUser
        admin_rights: TypeChatAdminRights
        rank: builtins.str | None = None
    class EditBanned(_Object):
        channel: TypeInputChannel
        participant: TypeInputPeer
        banned_rights: TypeChatBannedRights
    class EditCreator(_Object):
        channel: TypeInputChannel
        user_id: TypeInputUser
        password: TypeInputCheckPasswordSRP
    class EditForumTopic(_Object):
        channel: TypeInputChannel
        topic_id: builtins.int
        title: builtins.str | None = None
        icon_emoji_id: builtins.int | None = None
        closed: builtins.bool | None = None
        hidden: builtins.bool | None = None
    class EditLocation(_Object):
        channel: TypeInputChannel
        geo_point: TypeInputGeoPoint
        address: builtins.str
    class EditPhoto(_Object):
        channel: TypeInputChannel
        photo: TypeInputChatPhoto
    class EditTitle(_Object):
        channel: TypeInputChannel
        title: builtins.str
    class ExportMessageLink(_Object):
        grouped: builtins.bool = False
        thread: builtins.bool = False
        channel: TypeInputChannel
        id: builtins.int
    class GetAdminLog(_Object):
        channel: TypeInputChannel
        q: builtins.str
        events_filter: TypeChannelAdminLogEventsFilter | None = None
        admins: Sequence[TypeInputUser] | None = None
        max_id: builtins.int
        min_id: builtins.int
        limit: builtins.int
    class GetAdminedPublicChannels(_Object):
        by_location: builtins.bool = False
        check_limit: builtins.bool = False
        for_personal: builtins.bool = False
        for_community_peer: builtins.bool = False
    class GetChannelRecommendations(_Object):
        channel: TypeInputChannel | None = None
    class GetChannels(_Object):
        id: Sequence[TypeInputChannel]
    class GetForumTopics(_Object):
        channel: TypeInputChannel
        q: builtins.str | None = None
        offset_date: builtins.int
        offset_id: builtins.int
        offset_topic: builtins.int
        limit: builtins.int
    class GetForumTopicsByID(_Object):
        channel: TypeInputChannel
        topics: Sequence[builtins.int]
    class GetFullChannel(_Object):
        channel: TypeInputChannel
    class GetFutureCreatorAfterLeave(_Object):
        channel: TypeInputChannel
    class GetGroupsForDiscussion(_Object): ...
    class GetInactiveChannels(_Object): ...
    class GetLeftChannels(_Object):
        offset: builtins.int
    class GetMessageAuthor(_Object):
        channel: TypeInputChannel
        id: builtins.int
    class GetMessages(_Object):
        channel: TypeInputChannel
        id: Sequence[TypeInputMessage]
    class GetParticipant(_Object):
        channel: TypeInputChannel
        participant: TypeInputPeer
    class GetParticipants(_Object):
        channel: TypeInputChannel
        filter: TypeChannelParticipantsFilter
        offset: builtins.int
        limit: builtins.int
        hash: builtins.int
    class GetSendAs(_Object):
        for_paid_reactions: builtins.bool = False
        for_live_stories: builtins.bool = False
        peer: TypeInputPeer
    class GetSponsoredMessages(_Object):
        channel: TypeInputChannel
    class InviteToChannel(_Object):
        channel: TypeInputChannel
        users: Sequence[TypeInputUser]
    class JoinChannel(_Object):
        channel: TypeInputChannel
    class LeaveChannel(_Object):
        channel: TypeInputChannel
    class ReadHistory(_Object):
        channel: TypeInputChannel
        max_id: builtins.int
    class ReadMessageContents(_Object):
        channel: TypeInputChannel
        id: Sequence[builtins.int]
    class ReorderPinnedForumTopics(_Object):
        force: builtins.bool = False
        channel: TypeInputChannel
        order: Sequence[builtins.int]
    class ReorderUsernames(_Object):
        channel: TypeInputChannel
        order: Sequence[builtins.str]
    class ReportAntiSpamFalsePositive(_Object):
        channel: TypeInputChannel
        msg_id: builtins.int
    class ReportSpam(_Object):
        channel: TypeInputChannel
        participant: TypeInputPeer
        id: Sequence[builtins.int]
    class ReportSponsoredMessage(_Object):
        channel: TypeInputChannel
        random_id: builtins.bytes
        option: builtins.bytes
    class RestrictSponsoredMessages(_Object):
        channel: TypeInputChannel
        restricted: builtins.bool
    class SearchPosts(_Object):
        hashtag: builtins.str | None = None
        query: builtins.str | None = None
        offset_rate: builtins.int
        offset_peer: TypeInputPeer
        offset_id: builtins.int
        limit: builtins.int
        allow_paid_stars: builtins.int | None = None
    class SendAsPeers(_Object):
        peers: Sequence[TypeSendAsPeer]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class SetBoostsToUnblockRestrictions(_Object):
        channel: TypeInputChannel
        boosts: builtins.int
    class SetDiscussionGroup(_Object):
        broadcast: TypeInputChannel
        group: TypeInputChannel
    class SetEmojiStickers(_Object):
        channel: TypeInputChannel
        stickerset: TypeInputStickerSet
    class SetMainProfileTab(_Object):
        channel: TypeInputChannel
        tab: TypeProfileTab
    class SetStickers(_Object):
        channel: TypeInputChannel
        stickerset: TypeInputStickerSet
    class SponsoredMessageReportResultAdsHidden(_Object): ...
    class SponsoredMessageReportResultChooseOption(_Object):
        title: builtins.str
        options: Sequence[TypeSponsoredMessageReportOption]
    class SponsoredMessageReportResultReported(_Object): ...
    class ToggleAntiSpam(_Object):
        channel: TypeInputChannel
        enabled: builtins.bool
    class ToggleAutotranslation(_Object):
        channel: TypeInputChannel
        enabled: builtins.bool
    class ToggleForum(_Object):
        channel: TypeInputChannel
        enabled: builtins.bool
        tabs: builtins.bool
    class ToggleJoinRequest(_Object):
        apply_to_invites: builtins.bool = False
        channel: TypeInputChannel
        enabled: builtins.bool
        guard_bot: TypeInputUser | None = None
    class ToggleJoinToSend(_Object):
        channel: TypeInputChannel
        enabled: builtins.bool
    class ToggleParticipantsHidden(_Object):
        channel: TypeInputChannel
        enabled: builtins.bool
    class TogglePreHistoryHidden(_Object):
        channel: TypeInputChannel
        enabled: builtins.bool
    class ToggleSignatures(_Object):
        signatures_enabled: builtins.bool = False
        profiles_enabled: builtins.bool = False
        channel: TypeInputChannel
    class ToggleSlowMode(_Object):
        channel: TypeInputChannel
        seconds: builtins.int
    class ToggleUsername(_Object):
        channel: TypeInputChannel
        username: builtins.str
        active: builtins.bool
    class ToggleViewForumAsMessages(_Object):
        channel: TypeInputChannel
        enabled: builtins.bool
    class UpdateColor(_Object):
        for_profile: builtins.bool = False
        channel: TypeInputChannel
        color: builtins.int | None = None
        background_emoji_id: builtins.int | None = None
    class UpdateEmojiStatus(_Object):
        channel: TypeInputChannel
        emoji_status: TypeEmojiStatus
    class UpdatePaidMessagesPrice(_Object):
        broadcast_messages_allowed: builtins.bool = False
        channel: TypeInputChannel
        send_paid_messages_stars: builtins.int
    class UpdatePinnedForumTopic(_Object):
        channel: TypeInputChannel
        topic_id: builtins.int
        pinned: builtins.bool
    class UpdateUsername(_Object):
        channel: TypeInputChannel
        username: builtins.str
    class ViewSponsoredMessage(_Object):
        channel: TypeInputChannel
        random_id: builtins.bytes
    TypeAdminLogResults: TypeAlias = AdminLogResults
    TypeChannelParticipant: TypeAlias = ChannelParticipant
    TypeChannelParticipants: TypeAlias = ChannelParticipants | ChannelParticipantsNotModified
    TypeSendAsPeers: TypeAlias = SendAsPeers
    TypeSponsoredMessageReportResult: TypeAlias = SponsoredMessageReportResultAdsHidden | SponsoredMessageReportResultChooseOption | SponsoredMessageReportResultReported
class chatlists:
    class ChatlistInvite(_Object):
        title_noanimate: builtins.bool = False
        title: TypeTextWithEntities
        emoticon: builtins.str | None = None
        peers: Sequence[TypePeer]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ChatlistInviteAlready(_Object):
        filter_id: builtins.int
        missing_peers: Sequence[TypePeer]
        already_peers: Sequence[TypePeer]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ChatlistUpdates(_Object):
        missing_peers: Sequence[TypePeer]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class CheckChatlistInvite(_Object):
        slug: builtins.str
    class DeleteExportedInvite(_Object):
        chatlist: TypeInputChatlist
        slug: builtins.str
    class EditExportedInvite(_Object):
        chatlist: TypeInputChatlist
        slug: builtins.str
        title: builtins.str | None = None
        peers: Sequence[TypeInputPeer] | None = None
    class ExportChatlistInvite(_Object):
        chatlist: TypeInputChatlist
        title: builtins.str
        peers: Sequence[TypeInputPeer]
    class ExportedChatlistInvite(_Object):
        filter: TypeDialogFilter
        invite: TypeExportedChatlistInvite
    class ExportedInvites(_Object):
        invites: Sequence[TypeExportedChatlistInvite]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class GetChatlistUpdates(_Object):
        chatlist: TypeInputChatlist
    class GetExportedInvites(_Object):
        chatlist: TypeInputChatlist
    class GetLeaveChatlistSuggestions(_Object):
        chatlist: TypeInputChatlist
    class HideChatlistUpdates(_Object):
        chatlist: TypeInputChatlist
    class JoinChatlistInvite(_Object):
        slug: builtins.str
        peers: Sequence[TypeInputPeer]
    class JoinChatlistUpdates(_Object):
        chatlist: TypeInputChatlist
        peers: Sequence[TypeInputPeer]
    class LeaveChatlist(_Object):
        chatlist: TypeInputChatlist
        peers: Sequence[TypeInputPeer]
    TypeChatlistInvite: TypeAlias = ChatlistInvite | ChatlistInviteAlready
    TypeChatlistUpdates: TypeAlias = ChatlistUpdates
    TypeExportedChatlistInvite: TypeAlias = ExportedChatlistInvite
    TypeExportedInvites: TypeAlias = ExportedInvites
class communities:
    class Create(_Object):
        hidden: builtins.bool = False
        title: builtins.str
        about: builtins.str | None = None
        peer: TypeInputPeer
    class GetJoinedCommunities(_Object): ...
    class GetParticipantJoinedChats(_Object):
        community: TypeInputChannel
        participant: TypeInputPeer
    class GetPeerLinkRequests(_Object):
        community: TypeInputChannel
        offset: builtins.str
        limit: builtins.int
    class ParticipantJoinedChats(_Object):
        creator_chat_ids: Sequence[builtins.int]
        joined_chat_ids: Sequence[builtins.int]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class PeerLinkRequests(_Object):
        total_count: builtins.int
        requests: Sequence[TypeCommunityPeerRequest]
        next_offset: builtins.str | None = None
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ToggleAllPeerLinkRequestApproval(_Object):
        reject: builtins.bool = False
        community: TypeInputChannel
    class ToggleCommunityCollapsedInDialogs(_Object):
        collapsed: builtins.bool = False
        community: TypeInputChannel
    class ToggleParticipantBanned(_Object):
        unban: builtins.bool = False
        community: TypeInputChannel
        participant: TypeInputPeer
    class TogglePeerLink(_Object):
        visible: builtins.bool = False
        hidden: builtins.bool = False
        deleted: builtins.bool = False
        community: TypeInputChannel
        peer: TypeInputPeer
    class TogglePeerLinkRequestApproval(_Object):
        reject: builtins.bool = False
        community: TypeInputChannel
        peer: TypeInputPeer
    TypeParticipantJoinedChats: TypeAlias = ParticipantJoinedChats
    TypePeerLinkRequests: TypeAlias = PeerLinkRequests
class contacts:
    class AcceptContact(_Object):
        id: TypeInputUser
    class AddContact(_Object):
        add_phone_privacy_exception: builtins.bool = False
        id: TypeInputUser
        first_name: builtins.str
        last_name: builtins.str
        phone: builtins.str
        note: TypeTextWithEntities | None = None
    class Block(_Object):
        my_stories_from: builtins.bool = False
        id: TypeInputPeer
    class BlockFromReplies(_Object):
        delete_message: builtins.bool = False
        delete_history: builtins.bool = False
        report_spam: builtins.bool = False
        msg_id: builtins.int
    class Blocked(_Object):
        blocked: Sequence[TypePeerBlocked]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class BlockedSlice(_Object):
        count: builtins.int
        blocked: Sequence[TypePeerBlocked]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ContactBirthdays(_Object):
        contacts: Sequence[TypeContactBirthday]
        users: Sequence[TypeUser]
    class Contacts(_Object):
        contacts: Sequence[TypeContact]
        saved_count: builtins.int
        users: Sequence[TypeUser]
    class ContactsNotModified(_Object): ...
    class DeleteByPhones(_Object):
        phones: Sequence[builtins.str]
    class DeleteContacts(_Object):
        id: Sequence[TypeInputUser]
    class EditCloseFriends(_Object):
        id: Sequence[builtins.int]
    class ExportContactToken(_Object): ...
    class Found(_Object):
        my_results: Sequence[TypePeer]
        results: Sequence[TypePeer]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class GetBirthdays(_Object): ...
    class GetBlocked(_Object):
        my_stories_from: builtins.bool = False
        offset: builtins.int
        limit: builtins.int
    class GetContactIDs(_Object):
        hash: builtins.int
    class GetContacts(_Object):
        hash: builtins.int
    class GetLocated(_Object):
        background: builtins.bool = False
        geo_point: TypeInputGeoPoint
        self_expires: builtins.int | None = None
    class GetSaved(_Object): ...
    class GetSponsoredPeers(_Object):
        q: builtins.str
    class GetStatuses(_Object): ...
    class GetTopPeers(_Object):
        correspondents: builtins.bool = False
        bots_pm: builtins.bool = False
        bots_inline: builtins.bool = False
        phone_calls: builtins.bool = False
        forward_users: builtins.bool = False
        forward_chats: builtins.bool = False
        groups: builtins.bool = False
        channels: builtins.bool = False
        bots_app: builtins.bool = False
        bots_guestchat: builtins.bool = False
        offset: builtins.int
        limit: builtins.int
        hash: builtins.int
    class ImportContactToken(_Object):
        token: builtins.str
    class ImportContacts(_Object):
        contacts: Sequence[TypeInputContact]
    class ImportedContacts(_Object):
        imported: Sequence[TypeImportedContact]
        popular_invites: Sequence[TypePopularContact]
        retry_contacts: Sequence[builtins.int]
        users: Sequence[TypeUser]
    class ResetSaved(_Object): ...
    class ResetTopPeerRating(_Object):
        category: TypeTopPeerCategory
        peer: TypeInputPeer
    class ResolvePhone(_Object):
        phone: builtins.str
    class ResolveUsername(_Object):
        username: builtins.str
        referer: builtins.str | None = None
    class ResolvedPeer(_Object):
        peer: TypePeer
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class Search(_Object):
        broadcasts: builtins.bool = False
        bots: builtins.bool = False
        q: builtins.str
        limit: builtins.int
    class SetBlocked(_Object):
        my_stories_from: builtins.bool = False
        id: Sequence[TypeInputPeer]
        limit: builtins.int
    class SponsoredPeers(_Object):
        peers: Sequence[TypeSponsoredPeer]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class SponsoredPeersEmpty(_Object): ...
    class ToggleStoriesHidden(_Object):
        id: TypeInputUser
        hidden: builtins.bool
    class ToggleTopPeers(_Object):
        enabled: builtins.bool
    class TopPeers(_Object):
        categories: Sequence[TypeTopPeerCategoryPeers]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class TopPeersDisabled(_Object): ...
    class TopPeersNotModified(_Object): ...
    class Unblock(_Object):
        my_stories_from: builtins.bool = False
        id: TypeInputPeer
    class UpdateContactNote(_Object):
        id: TypeInputUser
        note: TypeTextWithEntities
    TypeBlocked: TypeAlias = Blocked | BlockedSlice
    TypeContactBirthdays: TypeAlias = ContactBirthdays
    TypeContacts: TypeAlias = Contacts | ContactsNotModified
    TypeFound: TypeAlias = Found
    TypeImportedContacts: TypeAlias = ImportedContacts
    TypeResolvedPeer: TypeAlias = ResolvedPeer
    TypeSponsoredPeers: TypeAlias = SponsoredPeers | SponsoredPeersEmpty
    TypeTopPeers: TypeAlias = TopPeers | TopPeersDisabled | TopPeersNotModified
class ephemeral:
    class DeleteAllWelcomeMessages(_Object):
        peer: TypeInputPeer
    class DeleteMessage(_Object):
        peer: TypeInputPeer | None = None
        receiver_id: TypeInputUser
        id: builtins.int
    class DeleteWelcomeMessage(_Object):
        peer: TypeInputPeer
        id: builtins.int
    class EditMessage(_Object):
        invert_media: builtins.bool = False
        welcome: builtins.bool = False
        peer: TypeInputPeer | None = None
        receiver_id: TypeInputUser
        id: builtins.int
        message: builtins.str | None = None
        media: TypeInputMedia | None = None
        entities: Sequence[TypeMessageEntity] | None = None
        reply_markup: TypeReplyMarkup | None = None
        rich_message: TypeInputRichMessage | None = None
    class GetCallbackAnswer(_Object):
        peer: TypeInputPeer
        id: builtins.int
        data: builtins.bytes | None = None
    class GetWelcomeMessages(_Object):
        peer: TypeInputPeer
        hash: builtins.int
    class ReportMessage(_Object):
        peer: TypeInputPeer
        id: builtins.int
        option: builtins.bytes
        message: builtins.str
    class SendMessage(_Object):
        invert_media: builtins.bool = False
        welcome: builtins.bool = False
        anchor: builtins.bool = False
        noforwards: builtins.bool = False
        peer: TypeInputPeer | None = None
        receiver_id: TypeInputUser
        query_id: builtins.int | None = None
        message: builtins.str
        entities: Sequence[TypeMessageEntity] | None = None
        media: TypeInputMedia | None = None
        reply_markup: TypeReplyMarkup | None = None
        rich_message: TypeInputRichMessage | None = None
        random_id: builtins.int
        reply_to: TypeInputReplyTo | None = None
    class WelcomeMessages(_Object):
        hash: builtins.int
        messages: Sequence[TypeEphemeralMessage]
    class WelcomeMessagesNotModified(_Object): ...
    TypeWelcomeMessages: TypeAlias = WelcomeMessages | WelcomeMessagesNotModified
class folders:
    class DeleteFolder(_Object):
        folder_id: builtins.int
    class EditPeerFolders(_Object):
        folder_peers: Sequence[TypeInputFolderPeer]
class fragment:
    class CollectibleInfo(_Object):
        purchase_date: builtins.int
        currency: builtins.str
        amount: builtins.int
        crypto_currency: builtins.str
        crypto_amount: builtins.int
        url: builtins.str
    class GetCollectibleInfo(_Object):
        collectible: TypeInputCollectible
    TypeCollectibleInfo: TypeAlias = CollectibleInfo
class help:
    class AcceptTermsOfService(_Object):
        id: TypeDataJSON
    class AppConfig(_Object):
        hash: builtins.int
        config: TypeJSONValue
    class AppConfigNotModified(_Object): ...
    class AppUpdate(_Object):
        can_not_skip: builtins.bool = False
        id: builtins.int
        version: builtins.str
        text: builtins.str
        entities: Sequence[TypeMessageEntity]
        document: TypeDocument | None = None
        url: builtins.str | None = None
        sticker: TypeDocument | None = None
    class ConfigSimple(_Object):
        date: builtins.int
        expires: builtins.int
        rules: Sequence[TypeAccessPointRule]
    class CountriesList(_Object):
        countries: Sequence[_help_TypeCountry]
        hash: builtins.int
    class CountriesListNotModified(_Object): ...
    class Country(_Object):
        hidden: builtins.bool = False
        iso2: builtins.str
        default_name: builtins.str
        name: builtins.str | None = None
        country_codes: Sequence[_help_TypeCountryCode]
    class CountryCode(_Object):
        country_code: builtins.str
        prefixes: Sequence[builtins.str] | None = None
        patterns: Sequence[builtins.str] | None = None
    class DeepLinkInfo(_Object):
        update_app: builtins.bool = False
        message: builtins.str
        entities: Sequence[TypeMessageEntity] | None = None
    class DeepLinkInfoEmpty(_Object): ...
    class DismissSuggestion(_Object):
        peer: TypeInputPeer
        suggestion: builtins.str
    class EditUserInfo(_Object):
        user_id: TypeInputUser
        message: builtins.str
        entities: Sequence[TypeMessageEntity]
    class GetAppChangelog(_Object):
        prev_app_version: builtins.str
    class GetAppConfig(_Object):
        hash: builtins.int
    class GetAppUpdate(_Object):
        source: builtins.str
    class GetCdnConfig(_Object): ...
    class GetConfig(_Object): ...
    class GetCountriesList(_Object):
        lang_code: builtins.str
        hash: builtins.int
    class GetDeepLinkInfo(_Object):
        path: builtins.str
    class GetInviteText(_Object): ...
    class GetNearestDc(_Object): ...
    class GetPassportConfig(_Object):
        hash: builtins.int
    class GetPeerColors(_Object):
        hash: builtins.int
    class GetPeerProfileColors(_Object):
        hash: builtins.int
    class GetPremiumPromo(_Object): ...
    class GetPromoData(_Object): ...
    class GetRecentMeUrls(_Object):
        referer: builtins.str
    class GetSupport(_Object): ...
    class GetSupportName(_Object): ...
    class GetTermsOfServiceUpdate(_Object): ...
    class GetTimezonesList(_Object):
        hash: builtins.int
    class GetUserInfo(_Object):
        user_id: TypeInputUser
    class HidePromoData(_Object):
        peer: TypeInputPeer
    class InviteText(_Object):
        message: builtins.str
    class NoAppUpdate(_Object): ...
    class PassportConfig(_Object):
        hash: builtins.int
        countries_langs: TypeDataJSON
    class PassportConfigNotModified(_Object): ...
    class PeerColorOption(_Object):
        hidden: builtins.bool = False
        color_id: builtins.int
        colors: _help_TypePeerColorSet | None = None
        dark_colors: _help_TypePeerColorSet | None = None
        channel_min_level: builtins.int | None = None
        group_min_level: builtins.int | None = None
    class PeerColorProfileSet(_Object):
        palette_colors: Sequence[builtins.int]
        bg_colors: Sequence[builtins.int]
        story_colors: Sequence[builtins.int]
    class PeerColorSet(_Object):
        colors: Sequence[builtins.int]
    class PeerColors(_Object):
        hash: builtins.int
        colors: Sequence[_help_TypePeerColorOption]
    class PeerColorsNotModified(_Object): ...
    class PremiumPromo(_Object):
        status_text: builtins.str
        status_entities: Sequence[TypeMessageEntity]
        video_sections: Sequence[builtins.str]
        videos: Sequence[TypeDocument]
        period_options: Sequence[TypePremiumSubscriptionOption]
        users: Sequence[TypeUser]
    class PromoData(_Object):
        proxy: builtins.bool = False
        expires: builtins.int
        peer: TypePeer | None = None
        psa_type: builtins.str | None = None
        psa_message: builtins.str | None = None
        pending_suggestions: Sequence[builtins.str]
        dismissed_suggestions: Sequence[builtins.str]
        custom_pending_suggestion: TypePendingSuggestion | None = None
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class PromoDataEmpty(_Object):
        expires: builtins.int
    class RecentMeUrls(_Object):
        urls: Sequence[TypeRecentMeUrl]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class SaveAppLog(_Object):
        events: Sequence[TypeInputAppEvent]
    class SetBotUpdatesStatus(_Object):
        pending_updates_count: builtins.int
        message: builtins.str
    class Support(_Object):
        phone_number: builtins.str
        user: TypeUser
    class SupportName(_Object):
        name: builtins.str
    class TermsOfService(_Object):
        popup: builtins.bool = False
        id: TypeDataJSON
        text: builtins.str
        entities: Sequence[TypeMessageEntity]
        min_age_confirm: builtins.int | None = None
    class TermsOfServiceUpdate(_Object):
        expires: builtins.int
        terms_of_service: _help_TypeTermsOfService
    class TermsOfServiceUpdateEmpty(_Object):
        expires: builtins.int
    class TimezonesList(_Object):
        timezones: Sequence[TypeTimezone]
        hash: builtins.int
    class TimezonesListNotModified(_Object): ...
    class UserInfo(_Object):
        message: builtins.str
        entities: Sequence[TypeMessageEntity]
        author: builtins.str
        date: builtins.int
    class UserInfoEmpty(_Object): ...
    TypeAppConfig: TypeAlias = AppConfig | AppConfigNotModified
    TypeAppUpdate: TypeAlias = AppUpdate | NoAppUpdate
    TypeConfigSimple: TypeAlias = ConfigSimple
    TypeCountriesList: TypeAlias = CountriesList | CountriesListNotModified
    TypeCountry: TypeAlias = Country
    TypeCountryCode: TypeAlias = CountryCode
    TypeDeepLinkInfo: TypeAlias = DeepLinkInfo | DeepLinkInfoEmpty
    TypeInviteText: TypeAlias = InviteText
    TypePassportConfig: TypeAlias = PassportConfig | PassportConfigNotModified
    TypePeerColorOption: TypeAlias = PeerColorOption
    TypePeerColorSet: TypeAlias = PeerColorProfileSet | PeerColorSet
    TypePeerColors: TypeAlias = PeerColors | PeerColorsNotModified
    TypePremiumPromo: TypeAlias = PremiumPromo
    TypePromoData: TypeAlias = PromoData | PromoDataEmpty
    TypeRecentMeUrls: TypeAlias = RecentMeUrls
    TypeSupport: TypeAlias = Support
    TypeSupportName: TypeAlias = SupportName
    TypeTermsOfService: TypeAlias = TermsOfService
    TypeTermsOfServiceUpdate: TypeAlias = TermsOfServiceUpdate | TermsOfServiceUpdateEmpty
    TypeTimezonesList: TypeAlias = TimezonesList | TimezonesListNotModified
    TypeUserInfo: TypeAlias = UserInfo | UserInfoEmpty
class langpack:
    class GetDifference(_Object):
        lang_pack: builtins.str
        lang_code: builtins.str
        from_version: builtins.int
    class GetLangPack(_Object):
        lang_pack: builtins.str
        lang_code: builtins.str
    class GetLanguage(_Object):
        lang_pack: builtins.str
        lang_code: builtins.str
    class GetLanguages(_Object):
        lang_pack: builtins.str
    class GetStrings(_Object):
        lang_pack: builtins.str
        lang_code: builtins.str
        keys: Sequence[builtins.str]
class messages:
    class AcceptEncryption(_Object):
        peer: TypeInputEncryptedChat
        g_b: builtins.bytes
        key_fingerprint: builtins.int
    class AcceptUrlAuth(_Object):
        write_allowed: builtins.bool = False
        share_phone_number: builtins.bool = False
        peer: TypeInputPeer | None = None
        msg_id: builtins.int | None = None
        button_id: builtins.int | None = None
        url: builtins.str | None = None
        match_code: builtins.str | None = None
    class AddChatUser(_Object):
        chat_id: builtins.int
        user_id: TypeInputUser
        fwd_limit: builtins.int
    class AddPollAnswer(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        answer: TypePollAnswer
    class AffectedFoundMessages(_Object):
        pts: builtins.int
        pts_count: builtins.int
        offset: builtins.int
        messages: Sequence[builtins.int]
    class AffectedHistory(_Object):
        pts: builtins.int
        pts_count: builtins.int
        offset: builtins.int
    class AffectedMessages(_Object):
        pts: builtins.int
        pts_count: builtins.int
    class AllStickers(_Object):
        hash: builtins.int
        sets: Sequence[TypeStickerSet]
    class AllStickersNotModified(_Object): ...
    class AppendTodoList(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        list: Sequence[TypeTodoItem]
    class ArchivedStickers(_Object):
        count: builtins.int
        sets: Sequence[TypeStickerSetCovered]
    class AvailableEffects(_Object):
        hash: builtins.int
        effects: Sequence[TypeAvailableEffect]
        documents: Sequence[TypeDocument]
    class AvailableEffectsNotModified(_Object): ...
    class AvailableReactions(_Object):
        hash: builtins.int
        reactions: Sequence[TypeAvailableReaction]
    class AvailableReactionsNotModified(_Object): ...
    class BotApp(_Object):
        inactive: builtins.bool = False
        request_write_access: builtins.bool = False
        has_settings: builtins.bool = False
        app: TypeBotApp
    class BotCallbackAnswer(_Object):
        alert: builtins.bool = False
        has_url: builtins.bool = False
        native_ui: builtins.bool = False
        message: builtins.str | None = None
        url: builtins.str | None = None
        cache_time: builtins.int
    class BotPreparedInlineMessage(_Object):
        id: builtins.str
        expire_date: builtins.int
    class BotResults(_Object):
        gallery: builtins.bool = False
        query_id: builtins.int
        next_offset: builtins.str | None = None
        switch_pm: TypeInlineBotSwitchPM | None = None
        switch_webview: TypeInlineBotWebView | None = None
        results: Sequence[TypeBotInlineResult]
        cache_time: builtins.int
        users: Sequence[TypeUser]
    class ChannelMessages(_Object):
        inexact: builtins.bool = False
        pts: builtins.int
        count: builtins.int
        offset_id_offset: builtins.int | None = None
        messages: Sequence[TypeMessage]
        topics: Sequence[TypeForumTopic]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ChatAdminsWithInvites(_Object):
        admins: Sequence[TypeChatAdminWithInvites]
        users: Sequence[TypeUser]
    class ChatFull(_Object):
        full_chat: TypeChatFull
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ChatInviteImporters(_Object):
        count: builtins.int
        importers: Sequence[TypeChatInviteImporter]
        users: Sequence[TypeUser]
    class ChatInviteJoinResultOk(_Object):
        updates: TypeUpdates
    class ChatInviteJoinResultWebView(_Object):
        bot_id: builtins.int
        query_id: builtins.int
        users: Sequence[TypeUser]
    class Chats(_Object):
        chats: Sequence[TypeChat]
    class ChatsSlice(_Object):
        count: builtins.int
        chats: Sequence[TypeChat]
    class CheckChatInvite(_Object):
        hash: builtins.str
    class CheckHistoryImport(_Object):
        import_head: builtins.str
    class CheckHistoryImportPeer(_Object):
        peer: TypeInputPeer
    class CheckQuickReplyShortcut(_Object):
        shortcut: builtins.str
    class CheckUrlAuthMatchCode(_Object):
        url: builtins.str
        match_code: builtins.str
    class CheckedHistoryImportPeer(_Object):
        confirm_text: builtins.str
    class ClearAllDrafts(_Object): ...
    class ClearRecentReactions(_Object): ...
    class ClearRecentStickers(_Object):
        attached: builtins.bool = False
    class ClickSponsoredMessage(_Object):
        media: builtins.bool = False
        fullscreen: builtins.bool = False
        random_id: builtins.bytes
    class ComposeMessageWithAI(_Object):
        proofread: builtins.bool = False
        emojify: builtins.bool = False
        text: TypeTextWithEntities
        translate_to_lang: builtins.str | None = None
        tone: TypeInputAiComposeTone | None = None
    class ComposeRichMessageWithAI(_Object):
        proofread: builtins.bool = False
        emojify: builtins.bool = False
        text: TypeInputRichMessage | None = None
        translate_to_lang: builtins.str | None = None
        tone: TypeInputAiComposeTone | None = None
    class ComposedMessageWithAI(_Object):
        result_text: TypeTextWithEntities
        diff_text: TypeTextWithEntities | None = None
    class ComposedRichMessageWithAI(_Object):
        result: TypeRichMessage
    class CreateChat(_Object):
        users: Sequence[TypeInputUser]
        title: builtins.str
        ttl_period: builtins.int | None = None
    class CreateForumTopic(_Object):
        title_missing: builtins.bool = False
        peer: TypeInputPeer
        title: builtins.str
        icon_color: builtins.int | None = None
        icon_emoji_id: builtins.int | None = None
        random_id: builtins.int
        send_as: TypeInputPeer | None = None
    class DeclineUrlAuth(_Object):
        url: builtins.str
    class DeleteChat(_Object):
        chat_id: builtins.int
    class DeleteChatUser(_Object):
        revoke_history: builtins.bool = False
        chat_id: builtins.int
        user_id: TypeInputUser
    class DeleteExportedChatInvite(_Object):
        peer: TypeInputPeer
        link: builtins.str
    class DeleteFactCheck(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
    class DeleteHistory(_Object):
        just_clear: builtins.bool = False
        revoke: builtins.bool = False
        peer: TypeInputPeer
        max_id: builtins.int
        min_date: builtins.int | None = None
        max_date: builtins.int | None = None
    class DeleteMessages(_Object):
        revoke: builtins.bool = False
        id: Sequence[builtins.int]
    class DeleteParticipantReaction(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        participant: TypeInputPeer
    class DeleteParticipantReactions(_Object):
        peer: TypeInputPeer
        participant: TypeInputPeer
    class DeletePhoneCallHistory(_Object):
        revoke: builtins.bool = False
    class DeletePollAnswer(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        option: builtins.bytes
    class DeleteQuickReplyMessages(_Object):
        shortcut_id: builtins.int
        id: Sequence[builtins.int]
    class DeleteQuickReplyShortcut(_Object):
        shortcut_id: builtins.int
    class DeleteRevokedExportedChatInvites(_Object):
        peer: TypeInputPeer
        admin_id: TypeInputUser
    class DeleteSavedHistory(_Object):
        parent_peer: TypeInputPeer | None = None
        peer: TypeInputPeer
        max_id: builtins.int
        min_date: builtins.int | None = None
        max_date: builtins.int | None = None
    class DeleteScheduledMessages(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
    class DeleteTopicHistory(_Object):
        peer: TypeInputPeer
        top_msg_id: builtins.int
    class DhConfig(_Object):
        g: builtins.int
        p: builtins.bytes
        version: builtins.int
        random: builtins.bytes
    class DhConfigNotModified(_Object):
        random: builtins.bytes
    class DialogFilters(_Object):
        tags_enabled: builtins.bool = False
        filters: Sequence[TypeDialogFilter]
    class Dialogs(_Object):
        dialogs: Sequence[TypeDialog]
        messages: Sequence[TypeMessage]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class DialogsNotModified(_Object):
        count: builtins.int
    class DialogsSlice(_Object):
        count: builtins.int
        dialogs: Sequence[TypeDialog]
        messages: Sequence[TypeMessage]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class DiscardEncryption(_Object):
        delete_history: builtins.bool = False
        chat_id: builtins.int
    class DiscussionMessage(_Object):
        messages: Sequence[TypeMessage]
        max_id: builtins.int | None = None
        read_inbox_max_id: builtins.int | None = None
        read_outbox_max_id: builtins.int | None = None
        unread_count: builtins.int
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class EditChatAbout(_Object):
        peer: TypeInputPeer
        about: builtins.str
    class EditChatAdmin(_Object):
        chat_id: builtins.int
        user_id: TypeInputUser
        is_admin: builtins.bool
    class EditChatCreator(_Object):
        peer: TypeInputPeer
        user_id: TypeInputUser
        password: TypeInputCheckPasswordSRP
    class EditChatDefaultBannedRights(_Object):
        peer: TypeInputPeer
        banned_rights: TypeChatBannedRights
    class EditChatParticipantRank(_Object):
        peer: TypeInputPeer
        participant: TypeInputPeer
        rank: builtins.str
    class EditChatPhoto(_Object):
        chat_id: builtins.int
        photo: TypeInputChatPhoto
    class EditChatTitle(_Object):
        chat_id: builtins.int
        title: builtins.str
    class EditExportedChatInvite(_Object):
        revoked: builtins.bool = False
        peer: TypeInputPeer
        link: builtins.str
        expire_date: builtins.int | None = None
        usage_limit: builtins.int | None = None
        request_needed: builtins.bool | None = None
        title: builtins.str | None = None
    class EditFactCheck(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        text: TypeTextWithEntities
    class EditForumTopic(_Object):
        peer: TypeInputPeer
        topic_id: builtins.int
        title: builtins.str | None = None
        icon_emoji_id: builtins.int | None = None
        closed: builtins.bool | None = None
        hidden: builtins.bool | None = None
    class EditInlineBotMessage(_Object):
        no_webpage: builtins.bool = False
        invert_media: builtins.bool = False
        id: TypeInputBotInlineMessageID
        message: builtins.str | None = None
        media: TypeInputMedia | None = None
        reply_markup: TypeReplyMarkup | None = None
        entities: Sequence[TypeMessageEntity] | None = None
        rich_message: TypeInputRichMessage | None = None
    class EditMessage(_Object):
        no_webpage: builtins.bool = False
        invert_media: builtins.bool = False
        peer: TypeInputPeer
        id: builtins.int
        message: builtins.str | None = None
        media: TypeInputMedia | None = None
        reply_markup: TypeReplyMarkup | None = None
        entities: Sequence[TypeMessageEntity] | None = None
        schedule_date: builtins.int | None = None
        schedule_repeat_period: builtins.int | None = None
        quick_reply_shortcut_id: builtins.int | None = None
        rich_message: TypeInputRichMessage | None = None
    class EditQuickReplyShortcut(_Object):
        shortcut_id: builtins.int
        shortcut: builtins.str
    class EmojiGameDiceInfo(_Object):
        game_hash: builtins.str
        prev_stake: builtins.int
        current_streak: builtins.int
        params: Sequence[builtins.int]
        plays_left: builtins.int | None = None
    class EmojiGameOutcome(_Object):
        seed: builtins.bytes
        stake_ton_amount: builtins.int
        ton_amount: builtins.int
    class EmojiGameUnavailable(_Object): ...
    class EmojiGroups(_Object):
        hash: builtins.int
        groups: Sequence[TypeEmojiGroup]
    class EmojiGroupsNotModified(_Object): ...
    class ExportChatInvite(_Object):
        legacy_revoke_permanent: builtins.bool = False
        request_needed: builtins.bool = False
        peer: TypeInputPeer
        expire_date: builtins.int | None = None
        usage_limit: builtins.int | None = None
        title: builtins.str | None = None
        subscription_pricing: TypeStarsSubscriptionPricing | None = None
    class ExportedChatInvite(_Object):
        invite: TypeExportedChatInvite
        users: Sequence[TypeUser]
    class ExportedChatInviteReplaced(_Object):
        invite: TypeExportedChatInvite
        new_invite: TypeExportedChatInvite
        users: Sequence[TypeUser]
    class ExportedChatInvites(_Object):
        count: builtins.int
        invites: Sequence[TypeExportedChatInvite]
        users: Sequence[TypeUser]
    class FaveSticker(_Object):
        id: TypeInputDocument
        unfave: builtins.bool
    class FavedStickers(_Object):
        hash: builtins.int
        packs: Sequence[TypeStickerPack]
        stickers: Sequence[TypeDocument]
    class FavedStickersNotModified(_Object): ...
    class FeaturedStickers(_Object):
        premium: builtins.bool = False
        hash: builtins.int
        count: builtins.int
        sets: Sequence[TypeStickerSetCovered]
        unread: Sequence[builtins.int]
    class FeaturedStickersNotModified(_Object):
        count: builtins.int
    class ForumTopics(_Object):
        order_by_create_date: builtins.bool = False
        count: builtins.int
        topics: Sequence[TypeForumTopic]
        messages: Sequence[TypeMessage]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
        pts: builtins.int
    class ForwardMessages(_Object):
        silent: builtins.bool = False
        background: builtins.bool = False
        with_my_score: builtins.bool = False
        drop_author: builtins.bool = False
        drop_media_captions: builtins.bool = False
        noforwards: builtins.bool = False
        allow_paid_floodskip: builtins.bool = False
        from_ephemeral: builtins.bool = False
        from_peer: TypeInputPeer
        id: Sequence[builtins.int]
        random_id: Sequence[builtins.int]
        to_peer: TypeInputPeer
        top_msg_id: builtins.int | None = None
        reply_to: TypeInputReplyTo | None = None
        schedule_date: builtins.int | None = None
        schedule_repeat_period: builtins.int | None = None
        send_as: TypeInputPeer | None = None
        quick_reply_shortcut: TypeInputQuickReplyShortcut | None = None
        effect: builtins.int | None = None
        video_timestamp: builtins.int | None = None
        allow_paid_stars: builtins.int | None = None
        suggested_post: TypeSuggestedPost | None = None
    class FoundStickerSets(_Object):
        hash: builtins.int
        sets: Sequence[TypeStickerSetCovered]
    class FoundStickerSetsNotModified(_Object): ...
    class FoundStickers(_Object):
        next_offset: builtins.int | None = None
        hash: builtins.int
        stickers: Sequence[TypeDocument]
    class FoundStickersNotModified(_Object):
        next_offset: builtins.int | None = None
    class GetAdminsWithInvites(_Object):
        peer: TypeInputPeer
    class GetAllChats(_Object):
        except_ids: Sequence[builtins.int]
    class GetAllDrafts(_Object): ...
    class GetAllStickers(_Object):
        hash: builtins.int
    class GetArchivedStickers(_Object):
        masks: builtins.bool = False
        emojis: builtins.bool = False
        offset_id: builtins.int
        limit: builtins.int
    class GetAttachMenuBot(_Object):
        bot: TypeInputUser
    class GetAttachMenuBots(_Object):
        hash: builtins.int
    class GetAttachedStickers(_Object):
        media: TypeInputStickeredMedia
    class GetAvailableEffects(_Object):
        hash: builtins.int
    class GetAvailableReactions(_Object):
        hash: builtins.int
    class GetBotApp(_Object):
        app: TypeInputBotApp
        hash: builtins.int
    class GetBotCallbackAnswer(_Object):
        game: builtins.bool = False
        peer: TypeInputPeer
        msg_id: builtins.int
        data: builtins.bytes | None = None
        password: TypeInputCheckPasswordSRP | None = None
    class GetChatInviteImporters(_Object):
        requested: builtins.bool = False
        subscription_expired: builtins.bool = False
        peer: TypeInputPeer
        link: builtins.str | None = None
        q: builtins.str | None = None
        offset_date: builtins.int
        offset_user: TypeInputUser
        limit: builtins.int
    class GetChats(_Object):
        id: Sequence[builtins.int]
    class GetCommonChats(_Object):
        user_id: TypeInputUser
        max_id: builtins.int
        limit: builtins.int
    class GetCustomEmojiDocuments(_Object):
        document_id: Sequence[builtins.int]
    class GetDefaultHistoryTTL(_Object): ...
    class GetDefaultTagReactions(_Object):
        hash: builtins.int
    class GetDhConfig(_Object):
        version: builtins.int
        random_length: builtins.int
    class GetDialogFilters(_Object): ...
    class GetDialogUnreadMarks(_Object):
        parent_peer: TypeInputPeer | None = None
    class GetDialogs(_Object):
        exclude_pinned: builtins.bool = False
        folder_id: builtins.int | None = None
        offset_date: builtins.int
        offset_id: builtins.int
        offset_peer: TypeInputPeer
        limit: builtins.int
        hash: builtins.int
    class GetDiscussionMessage(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
    class GetDocumentByHash(_Object):
        sha256: builtins.bytes
        size: builtins.int
        mime_type: builtins.str
    class GetEmojiGameInfo(_Object): ...
    class GetEmojiGroups(_Object):
        hash: builtins.int
    class GetEmojiKeywords(_Object):
        lang_code: builtins.str
    class GetEmojiKeywordsDifference(_Object):
        lang_code: builtins.str
        from_version: builtins.int
    class GetEmojiKeywordsLanguages(_Object):
        lang_codes: Sequence[builtins.str]
    class GetEmojiProfilePhotoGroups(_Object):
        hash: builtins.int
    class GetEmojiStatusGroups(_Object):
        hash: builtins.int
    class GetEmojiStickerGroups(_Object):
        hash: builtins.int
    class GetEmojiStickers(_Object):
        hash: builtins.int
    class GetEmojiURL(_Object):
        lang_code: builtins.str
    class GetExportedChatInvite(_Object):
        peer: TypeInputPeer
        link: builtins.str
    class GetExportedChatInvites(_Object):
        revoked: builtins.bool = False
        peer: TypeInputPeer
        admin_id: TypeInputUser
        offset_date: builtins.int | None = None
        offset_link: builtins.str | None = None
        limit: builtins.int
    class GetExtendedMedia(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
    class GetFactCheck(_Object):
        peer: TypeInputPeer
        msg_id: Sequence[builtins.int]
    class GetFavedStickers(_Object):
        hash: builtins.int
    class GetFeaturedEmojiStickers(_Object):
        hash: builtins.int
    class GetFeaturedStickers(_Object):
        hash: builtins.int
    class GetForumTopics(_Object):
        peer: TypeInputPeer
        q: builtins.str | None = None
        offset_date: builtins.int
        offset_id: builtins.int
        offset_topic: builtins.int
        limit: builtins.int
    class GetForumTopicsByID(_Object):
        peer: TypeInputPeer
        topics: Sequence[builtins.int]
    class GetFullChat(_Object):
        chat_id: builtins.int
    class GetFutureChatCreatorAfterLeave(_Object):
        peer: TypeInputPeer
    class GetGameHighScores(_Object):
        peer: TypeInputPeer
        id: builtins.int
        user_id: TypeInputUser
    class GetHistory(_Object):
        peer: TypeInputPeer
        offset_id: builtins.int
        offset_date: builtins.int
        add_offset: builtins.int
        limit: builtins.int
        max_id: builtins.int
        min_id: builtins.int
        hash: builtins.int
    class GetInlineBotResults(_Object):
        bot: TypeInputUser
        peer: TypeInputPeer
        geo_point: TypeInputGeoPoint | None = None
        query: builtins.str
        offset: builtins.str
    class GetInlineGameHighScores(_Object):
        id: TypeInputBotInlineMessageID
        user_id: TypeInputUser
    class GetMaskStickers(_Object):
        hash: builtins.int
    class GetMessageEditData(_Object):
        peer: TypeInputPeer
        id: builtins.int
    class GetMessageReactionsList(_Object):
        peer: TypeInputPeer
        id: builtins.int
        reaction: TypeReaction | None = None
        offset: builtins.str | None = None
        limit: builtins.int
    class GetMessageReadParticipants(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
    class GetMessages(_Object):
        id: Sequence[TypeInputMessage]
    class GetMessagesReactions(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
    class GetMessagesViews(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
        increment: builtins.bool
    class GetMyStickers(_Object):
        offset_id: builtins.int
        limit: builtins.int
    class GetOldFeaturedStickers(_Object):
        offset: builtins.int
        limit: builtins.int
        hash: builtins.int
    class GetOnlines(_Object):
        peer: TypeInputPeer
    class GetOutboxReadDate(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
    class GetPaidReactionPrivacy(_Object): ...
    class GetPeerDialogs(_Object):
        peers: Sequence[TypeInputDialogPeer]
    class GetPeerSettings(_Object):
        peer: TypeInputPeer
    class GetPersonalChannelHistory(_Object):
        user_id: TypeInputUser
        limit: builtins.int
        max_id: builtins.int
        min_id: builtins.int
        hash: builtins.int
    class GetPinnedDialogs(_Object):
        folder_id: builtins.int
    class GetPinnedSavedDialogs(_Object): ...
    class GetPollResults(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        poll_hash: builtins.int
    class GetPollVotes(_Object):
        peer: TypeInputPeer
        id: builtins.int
        option: builtins.bytes | None = None
        offset: builtins.str | None = None
        limit: builtins.int
    class GetPreparedInlineMessage(_Object):
        bot: TypeInputUser
        id: builtins.str
    class GetQuickReplies(_Object):
        hash: builtins.int
    class GetQuickReplyMessages(_Object):
        shortcut_id: builtins.int
        id: Sequence[builtins.int] | None = None
        hash: builtins.int
    class GetRecentLocations(_Object):
        peer: TypeInputPeer
        limit: builtins.int
        hash: builtins.int
    class GetRecentReactions(_Object):
        limit: builtins.int
        hash: builtins.int
    class GetRecentStickers(_Object):
        attached: builtins.bool = False
        hash: builtins.int
    class GetReplies(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        offset_id: builtins.int
        offset_date: builtins.int
        add_offset: builtins.int
        limit: builtins.int
        max_id: builtins.int
        min_id: builtins.int
        hash: builtins.int
    class GetRichMessage(_Object):
        peer: TypeInputPeer
        id: builtins.int
    class GetSavedDialogs(_Object):
        exclude_pinned: builtins.bool = False
        parent_peer: TypeInputPeer | None = None
        offset_date: builtins.int
        offset_id: builtins.int
        offset_peer: TypeInputPeer
        limit: builtins.int
        hash: builtins.int
    class GetSavedDialogsByID(_Object):
        parent_peer: TypeInputPeer | None = None
        ids: Sequence[TypeInputPeer]
    class GetSavedGifs(_Object):
        hash: builtins.int
    class GetSavedHistory(_Object):
        parent_peer: TypeInputPeer | None = None
        peer: TypeInputPeer
        offset_id: builtins.int
        offset_date: builtins.int
        add_offset: builtins.int
        limit: builtins.int
        max_id: builtins.int
        min_id: builtins.int
        hash: builtins.int
    class GetSavedReactionTags(_Object):
        peer: TypeInputPeer | None = None
        hash: builtins.int
    class GetScheduledHistory(_Object):
        peer: TypeInputPeer
        hash: builtins.int
    class GetScheduledMessages(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
    class GetSearchCounters(_Object):
        peer: TypeInputPeer
        saved_peer_id: TypeInputPeer | None = None
        top_msg_id: builtins.int | None = None
        filters: Sequence[TypeMessagesFilter]
    class GetSearchResultsCalendar(_Object):
        peer: TypeInputPeer
        saved_peer_id: TypeInputPeer | None = None
        filter: TypeMessagesFilter
        offset_id: builtins.int
        offset_date: builtins.int
    class GetSearchResultsPositions(_Object):
        peer: TypeInputPeer
        saved_peer_id: TypeInputPeer | None = None
        filter: TypeMessagesFilter
        offset_id: builtins.int
        limit: builtins.int
    class GetSplitRanges(_Object): ...
    class GetSponsoredMessages(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int | None = None
    class GetStickerSet(_Object):
        stickerset: TypeInputStickerSet
        hash: builtins.int
    class GetStickers(_Object):
        emoticon: builtins.str
        hash: builtins.int
    class GetSuggestedDialogFilters(_Object): ...
    class GetTopReactions(_Object):
        limit: builtins.int
        hash: builtins.int
    class GetUnreadMentions(_Object):
        peer: TypeInputPeer
        top_msg_id: builtins.int | None = None
        offset_id: builtins.int
        add_offset: builtins.int
        limit: builtins.int
        max_id: builtins.int
        min_id: builtins.int
    class GetUnreadPollVotes(_Object):
        peer: TypeInputPeer
        top_msg_id: builtins.int | None = None
        offset_id: builtins.int
        add_offset: builtins.int
        limit: builtins.int
        max_id: builtins.int
        min_id: builtins.int
    class GetUnreadReactions(_Object):
        peer: TypeInputPeer
        top_msg_id: builtins.int | None = None
        saved_peer_id: TypeInputPeer | None = None
        offset_id: builtins.int
        add_offset: builtins.int
        limit: builtins.int
        max_id: builtins.int
        min_id: builtins.int
    class GetWebPage(_Object):
        url: builtins.str
        hash: builtins.int
    class GetWebPagePreview(_Object):
        message: builtins.str
        entities: Sequence[TypeMessageEntity] | None = None
    class HideAllChatJoinRequests(_Object):
        approved: builtins.bool = False
        peer: TypeInputPeer
        link: builtins.str | None = None
    class HideChatJoinRequest(_Object):
        approved: builtins.bool = False
        peer: TypeInputPeer
        user_id: TypeInputUser
    class HidePeerSettingsBar(_Object):
        peer: TypeInputPeer
    class HighScores(_Object):
        scores: Sequence[TypeHighScore]
        users: Sequence[TypeUser]
    class HistoryImport(_Object):
        id: builtins.int
    class HistoryImportParsed(_Object):
        pm: builtins.bool = False
        group: builtins.bool = False
        title: builtins.str | None = None
    class ImportChatInvite(_Object):
        hash: builtins.str
    class InactiveChats(_Object):
        dates: Sequence[builtins.int]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class InitHistoryImport(_Object):
        peer: TypeInputPeer
        file: TypeInputFile
        media_count: builtins.int
    class InstallStickerSet(_Object):
        stickerset: TypeInputStickerSet
        archived: builtins.bool
    class InvitedUsers(_Object):
        updates: TypeUpdates
        missing_invitees: Sequence[TypeMissingInvitee]
    class MarkDialogUnread(_Object):
        unread: builtins.bool = False
        parent_peer: TypeInputPeer | None = None
        peer: TypeInputDialogPeer
    class MessageEditData(_Object):
        caption: builtins.bool = False
    class MessageReactionsList(_Object):
        count: builtins.int
        reactions: Sequence[TypeMessagePeerReaction]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
        next_offset: builtins.str | None = None
    class MessageViews(_Object):
        views: Sequence[TypeMessageViews]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class Messages(_Object):
        messages: Sequence[TypeMessage]
        topics: Sequence[TypeForumTopic]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class MessagesNotModified(_Object):
        count: builtins.int
    class MessagesSlice(_Object):
        inexact: builtins.bool = False
        count: builtins.int
        next_rate: builtins.int | None = None
        offset_id_offset: builtins.int | None = None
        search_flood: TypeSearchPostsFlood | None = None
        messages: Sequence[TypeMessage]
        topics: Sequence[TypeForumTopic]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class MigrateChat(_Object):
        chat_id: builtins.int
    class MyStickers(_Object):
        count: builtins.int
        sets: Sequence[TypeStickerSetCovered]
    class PeerDialogs(_Object):
        dialogs: Sequence[TypeDialog]
        messages: Sequence[TypeMessage]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
        state: _updates_TypeState
    class PeerSettings(_Object):
        settings: TypePeerSettings
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class PreparedInlineMessage(_Object):
        query_id: builtins.int
        result: TypeBotInlineResult
        peer_types: Sequence[TypeInlineQueryPeerType]
        cache_time: builtins.int
        users: Sequence[TypeUser]
    class ProlongWebView(_Object):
        silent: builtins.bool = False
        peer: TypeInputPeer
        bot: TypeInputUser
        query_id: builtins.int
        reply_to: TypeInputReplyTo | None = None
        send_as: TypeInputPeer | None = None
    class QuickReplies(_Object):
        quick_replies: Sequence[TypeQuickReply]
        messages: Sequence[TypeMessage]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class QuickRepliesNotModified(_Object): ...
    class RateTranscribedAudio(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        transcription_id: builtins.int
        good: builtins.bool
    class Reactions(_Object):
        hash: builtins.int
        reactions: Sequence[TypeReaction]
    class ReactionsNotModified(_Object): ...
    class ReadDiscussion(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        read_max_id: builtins.int
    class ReadEncryptedHistory(_Object):
        peer: TypeInputEncryptedChat
        max_date: builtins.int
    class ReadFeaturedStickers(_Object):
        id: Sequence[builtins.int]
    class ReadHistory(_Object):
        peer: TypeInputPeer
        max_id: builtins.int
    class ReadMentions(_Object):
        peer: TypeInputPeer
        top_msg_id: builtins.int | None = None
    class ReadMessageContents(_Object):
        id: Sequence[builtins.int]
    class ReadPollVotes(_Object):
        peer: TypeInputPeer
        top_msg_id: builtins.int | None = None
    class ReadReactions(_Object):
        peer: TypeInputPeer
        top_msg_id: builtins.int | None = None
        saved_peer_id: TypeInputPeer | None = None
    class ReadSavedHistory(_Object):
        parent_peer: TypeInputPeer
        peer: TypeInputPeer
        max_id: builtins.int
    class ReceivedMessages(_Object):
        max_id: builtins.int
    class ReceivedQueue(_Object):
        max_qts: builtins.int
    class RecentStickers(_Object):
        hash: builtins.int
        packs: Sequence[TypeStickerPack]
        stickers: Sequence[TypeDocument]
        dates: Sequence[builtins.int]
    class RecentStickersNotModified(_Object): ...
    class ReorderPinnedDialogs(_Object):
        force: builtins.bool = False
        folder_id: builtins.int
        order: Sequence[TypeInputDialogPeer]
    class ReorderPinnedForumTopics(_Object):
        force: builtins.bool = False
        peer: TypeInputPeer
        order: Sequence[builtins.int]
    class ReorderPinnedSavedDialogs(_Object):
        force: builtins.bool = False
        order: Sequence[TypeInputDialogPeer]
    class ReorderQuickReplies(_Object):
        order: Sequence[builtins.int]
    class ReorderStickerSets(_Object):
        masks: builtins.bool = False
        emojis: builtins.bool = False
        order: Sequence[builtins.int]
    class Report(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
        option: builtins.bytes
        message: builtins.str
    class ReportEncryptedSpam(_Object):
        peer: TypeInputEncryptedChat
    class ReportMessagesDelivery(_Object):
        push: builtins.bool = False
        peer: TypeInputPeer
        id: Sequence[builtins.int]
    class ReportMusicListen(_Object):
        id: TypeInputDocument
        listened_duration: builtins.int
    class ReportReaction(_Object):
        peer: TypeInputPeer
        id: builtins.int
        reaction_peer: TypeInputPeer
    class ReportReadMetrics(_Object):
        peer: TypeInputPeer
        metrics: Sequence[TypeInputMessageReadMetric]
    class ReportSpam(_Object):
        peer: TypeInputPeer
    class ReportSponsoredMessage(_Object):
        random_id: builtins.bytes
        option: builtins.bytes
    class RequestAppWebView(_Object):
        write_allowed: builtins.bool = False
        compact: builtins.bool = False
        fullscreen: builtins.bool = False
        peer: TypeInputPeer
        app: TypeInputBotApp
        start_param: builtins.str | None = None
        theme_params: TypeDataJSON | None = None
        platform: builtins.str
    class RequestChatJoinWebView(_Object):
        query_id: builtins.int
        theme_params: TypeDataJSON | None = None
        platform: builtins.str
    class RequestEncryption(_Object):
        user_id: TypeInputUser
        random_id: builtins.int
        g_a: builtins.bytes
    class RequestMainWebView(_Object):
        compact: builtins.bool = False
        fullscreen: builtins.bool = False
        peer: TypeInputPeer
        bot: TypeInputUser
        start_param: builtins.str | None = None
        theme_params: TypeDataJSON | None = None
        platform: builtins.str
    class RequestSimpleWebView(_Object):
        from_switch_webview: builtins.bool = False
        from_side_menu: builtins.bool = False
        compact: builtins.bool = False
        fullscreen: builtins.bool = False
        bot: TypeInputUser
        url: builtins.str | None = None
        start_param: builtins.str | None = None
        theme_params: TypeDataJSON | None = None
        platform: builtins.str
    class RequestUrlAuth(_Object):
        peer: TypeInputPeer | None = None
        msg_id: builtins.int | None = None
        button_id: builtins.int | None = None
        url: builtins.str | None = None
        in_app_origin: builtins.str | None = None
    class RequestWebView(_Object):
        from_bot_menu: builtins.bool = False
        silent: builtins.bool = False
        compact: builtins.bool = False
        fullscreen: builtins.bool = False
        peer: TypeInputPeer
        bot: TypeInputUser
        url: builtins.str | None = None
        start_param: builtins.str | None = None
        theme_params: TypeDataJSON | None = None
        platform: builtins.str
        reply_to: TypeInputReplyTo | None = None
        send_as: TypeInputPeer | None = None
    class SaveDefaultSendAs(_Object):
        peer: TypeInputPeer
        send_as: TypeInputPeer
    class SaveDraft(_Object):
        no_webpage: builtins.bool = False
        invert_media: builtins.bool = False
        reply_to: TypeInputReplyTo | None = None
        peer: TypeInputPeer
        message: builtins.str
        entities: Sequence[TypeMessageEntity] | None = None
        media: TypeInputMedia | None = None
        effect: builtins.int | None = None
        suggested_post: TypeSuggestedPost | None = None
        rich_message: TypeInputRichMessage | None = None
    class SaveGif(_Object):
        id: TypeInputDocument
        unsave: builtins.bool
    class SavePreparedInlineMessage(_Object):
        result: TypeInputBotInlineResult
        user_id: TypeInputUser
        peer_types: Sequence[TypeInlineQueryPeerType] | None = None
    class SaveRecentSticker(_Object):
        attached: builtins.bool = False
        id: TypeInputDocument
        unsave: builtins.bool
    class SavedDialogs(_Object):
        dialogs: Sequence[TypeSavedDialog]
        messages: Sequence[TypeMessage]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class SavedDialogsNotModified(_Object):
        count: builtins.int
    class SavedDialogsSlice(_Object):
        count: builtins.int
        dialogs: Sequence[TypeSavedDialog]
        messages: Sequence[TypeMessage]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class SavedGifs(_Object):
        hash: builtins.int
        gifs: Sequence[TypeDocument]
    class SavedGifsNotModified(_Object): ...
    class SavedReactionTags(_Object):
        tags: Sequence[TypeSavedReactionTag]
        hash: builtins.int
    class SavedReactionTagsNotModified(_Object): ...
    class Search(_Object):
        peer: TypeInputPeer
        q: builtins.str
        from_id: TypeInputPeer | None = None
        saved_peer_id: TypeInputPeer | None = None
        saved_reaction: Sequence[TypeReaction] | None = None
        top_msg_id: builtins.int | None = None
        filter: TypeMessagesFilter
        min_date: builtins.int
        max_date: builtins.int
        offset_id: builtins.int
        add_offset: builtins.int
        limit: builtins.int
        max_id: builtins.int
        min_id: builtins.int
        hash: builtins.int
    class SearchCounter(_Object):
        inexact: builtins.bool = False
        filter: TypeMessagesFilter
        count: builtins.int
    class SearchCustomEmoji(_Object):
        emoticon: builtins.str
        hash: builtins.int
    class SearchEmojiStickerSets(_Object):
        exclude_featured: builtins.bool = False
        q: builtins.str
        hash: builtins.int
    class SearchGlobal(_Object):
        broadcasts_only: builtins.bool = False
        groups_only: builtins.bool = False
        users_only: builtins.bool = False
        folder_id: builtins.int | None = None
        community: TypeInputChannel | None = None
        q: builtins.str
        filter: TypeMessagesFilter
        min_date: builtins.int
        max_date: builtins.int
        offset_rate: builtins.int
        offset_peer: TypeInputPeer
        offset_id: builtins.int
        limit: builtins.int
    class SearchResultsCalendar(_Object):
        inexact: builtins.bool = False
        count: builtins.int
        min_date: builtins.int
        min_msg_id: builtins.int
        offset_id_offset: builtins.int | None = None
        periods: Sequence[TypeSearchResultsCalendarPeriod]
        messages: Sequence[TypeMessage]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class SearchResultsPositions(_Object):
        count: builtins.int
        positions: Sequence[TypeSearchResultsPosition]
    class SearchSentMedia(_Object):
        q: builtins.str
        filter: TypeMessagesFilter
        limit: builtins.int
    class SearchStickerSets(_Object):
        exclude_featured: builtins.bool = False
        q: builtins.str
        hash: builtins.int
    class SearchStickers(_Object):
        emojis: builtins.bool = False
        q: builtins.str
        emoticon: builtins.str
        lang_code: Sequence[builtins.str]
        offset: builtins.int
        limit: builtins.int
        hash: builtins.int
    class SendBotRequestedPeer(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int | None = None
        webapp_req_id: builtins.str | None = None
        button_id: builtins.int
        requested_peers: Sequence[TypeInputPeer]
    class SendEncrypted(_Object):
        silent: builtins.bool = False
        peer: TypeInputEncryptedChat
        random_id: builtins.int
        data: builtins.bytes
    class SendEncryptedFile(_Object):
        silent: builtins.bool = False
        peer: TypeInputEncryptedChat
        random_id: builtins.int
        data: builtins.bytes
        file: TypeInputEncryptedFile
    class SendEncryptedService(_Object):
        peer: TypeInputEncryptedChat
        random_id: builtins.int
        data: builtins.bytes
    class SendInlineBotResult(_Object):
        silent: builtins.bool = False
        background: builtins.bool = False
        clear_draft: builtins.bool = False
        hide_via: builtins.bool = False
        peer: TypeInputPeer
        reply_to: TypeInputReplyTo | None = None
        random_id: builtins.int
        query_id: builtins.int
        id: builtins.str
        schedule_date: builtins.int | None = None
        send_as: TypeInputPeer | None = None
        quick_reply_shortcut: TypeInputQuickReplyShortcut | None = None
        allow_paid_stars: builtins.int | None = None
    class SendMedia(_Object):
        silent: builtins.bool = False
        background: builtins.bool = False
        clear_draft: builtins.bool = False
        noforwards: builtins.bool = False
        update_stickersets_order: builtins.bool = False
        invert_media: builtins.bool = False
        allow_paid_floodskip: builtins.bool = False
        peer: TypeInputPeer
        reply_to: TypeInputReplyTo | None = None
        media: TypeInputMedia
        message: builtins.str
        random_id: builtins.int
        reply_markup: TypeReplyMarkup | None = None
        entities: Sequence[TypeMessageEntity] | None = None
        schedule_date: builtins.int | None = None
        schedule_repeat_period: builtins.int | None = None
        send_as: TypeInputPeer | None = None
        quick_reply_shortcut: TypeInputQuickReplyShortcut | None = None
        effect: builtins.int | None = None
        allow_paid_stars: builtins.int | None = None
        suggested_post: TypeSuggestedPost | None = None
    class SendMessage(_Object):
        no_webpage: builtins.bool = False
        silent: builtins.bool = False
        background: builtins.bool = False
        clear_draft: builtins.bool = False
        noforwards: builtins.bool = False
        update_stickersets_order: builtins.bool = False
        invert_media: builtins.bool = False
        allow_paid_floodskip: builtins.bool = False
        peer: TypeInputPeer
        reply_to: TypeInputReplyTo | None = None
        message: builtins.str
        random_id: builtins.int
        reply_markup: TypeReplyMarkup | None = None
        entities: Sequence[TypeMessageEntity] | None = None
        schedule_date: builtins.int | None = None
        schedule_repeat_period: builtins.int | None = None
        send_as: TypeInputPeer | None = None
        quick_reply_shortcut: TypeInputQuickReplyShortcut | None = None
        effect: builtins.int | None = None
        allow_paid_stars: builtins.int | None = None
        suggested_post: TypeSuggestedPost | None = None
        rich_message: TypeInputRichMessage | None = None
    class SendMultiMedia(_Object):
        silent: builtins.bool = False
        background: builtins.bool = False
        clear_draft: builtins.bool = False
        noforwards: builtins.bool = False
        update_stickersets_order: builtins.bool = False
        invert_media: builtins.bool = False
        allow_paid_floodskip: builtins.bool = False
        peer: TypeInputPeer
        reply_to: TypeInputReplyTo | None = None
        multi_media: Sequence[TypeInputSingleMedia]
        schedule_date: builtins.int | None = None
        send_as: TypeInputPeer | None = None
        quick_reply_shortcut: TypeInputQuickReplyShortcut | None = None
        effect: builtins.int | None = None
        allow_paid_stars: builtins.int | None = None
    class SendPaidReaction(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        count: builtins.int
        random_id: builtins.int
        private: TypePaidReactionPrivacy | None = None
    class SendQuickReplyMessages(_Object):
        peer: TypeInputPeer
        shortcut_id: builtins.int
        id: Sequence[builtins.int]
        random_id: Sequence[builtins.int]
    class SendReaction(_Object):
        big: builtins.bool = False
        add_to_recent: builtins.bool = False
        peer: TypeInputPeer
        msg_id: builtins.int
        reaction: Sequence[TypeReaction] | None = None
    class SendScheduledMessages(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
    class SendScreenshotNotification(_Object):
        peer: TypeInputPeer
        reply_to: TypeInputReplyTo
        random_id: builtins.int
    class SendVote(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        options: Sequence[builtins.bytes]
    class SendWebViewData(_Object):
        bot: TypeInputUser
        random_id: builtins.int
        button_text: builtins.str
        data: builtins.str
    class SendWebViewResultMessage(_Object):
        bot_query_id: builtins.str
        result: TypeInputBotInlineResult
    class SentEncryptedFile(_Object):
        date: builtins.int
        file: TypeEncryptedFile
    class SentEncryptedMessage(_Object):
        date: builtins.int
    class SetBotCallbackAnswer(_Object):
        alert: builtins.bool = False
        query_id: builtins.int
        message: builtins.str | None = None
        url: builtins.str | None = None
        cache_time: builtins.int
    class SetBotGuestChatResult(_Object):
        query_id: builtins.int
        result: TypeInputBotInlineResult
    class SetBotPrecheckoutResults(_Object):
        success: builtins.bool = False
        query_id: builtins.int
        error: builtins.str | None = None
    class SetBotShippingResults(_Object):
        query_id: builtins.int
        error: builtins.str | None = None
        shipping_options: Sequence[TypeShippingOption] | None = None
    class SetChatAvailableReactions(_Object):
        peer: TypeInputPeer
        available_reactions: TypeChatReactions
        reactions_limit: builtins.int | None = None
        paid_enabled: builtins.bool | None = None
    class SetChatTheme(_Object):
        peer: TypeInputPeer
        theme: TypeInputChatTheme
    class SetChatWallPaper(_Object):
        for_both: builtins.bool = False
        revert: builtins.bool = False
        peer: TypeInputPeer
        wallpaper: TypeInputWallPaper | None = None
        settings: TypeWallPaperSettings | None = None
        id: builtins.int | None = None
    class SetDefaultHistoryTTL(_Object):
        period: builtins.int
    class SetDefaultReaction(_Object):
        reaction: TypeReaction
    class SetEncryptedTyping(_Object):
        peer: TypeInputEncryptedChat
        typing: builtins.bool
    class SetGameScore(_Object):
        edit_message: builtins.bool = False
        force: builtins.bool = False
        peer: TypeInputPeer
        id: builtins.int
        user_id: TypeInputUser
        score: builtins.int
    class SetHistoryTTL(_Object):
        peer: TypeInputPeer
        period: builtins.int
    class SetInlineBotResults(_Object):
        gallery: builtins.bool = False
        private: builtins.bool = False
        query_id: builtins.int
        results: Sequence[TypeInputBotInlineResult]
        cache_time: builtins.int
        next_offset: builtins.str | None = None
        switch_pm: TypeInlineBotSwitchPM | None = None
        switch_webview: TypeInlineBotWebView | None = None
    class SetInlineGameScore(_Object):
        edit_message: builtins.bool = False
        force: builtins.bool = False
        id: TypeInputBotInlineMessageID
        user_id: TypeInputUser
        score: builtins.int
    class SetTyping(_Object):
        peer: TypeInputPeer
        top_msg_id: builtins.int | None = None
        action: TypeSendMessageAction
    class SponsoredMessages(_Object):
        posts_between: builtins.int | None = None
        start_delay: builtins.int | None = None
        between_delay: builtins.int | None = None
        messages: Sequence[TypeSponsoredMessage]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class SponsoredMessagesEmpty(_Object): ...
    class StartBot(_Object):
        bot: TypeInputUser
        peer: TypeInputPeer
        random_id: builtins.int
        start_param: builtins.str
    class StartHistoryImport(_Object):
        peer: TypeInputPeer
        import_id: builtins.int
    class StickerSet(_Object):
        set: TypeStickerSet
        packs: Sequence[TypeStickerPack]
        keywords: Sequence[TypeStickerKeyword]
        documents: Sequence[TypeDocument]
    class StickerSetInstallResultArchive(_Object):
        sets: Sequence[TypeStickerSetCovered]
    class StickerSetInstallResultSuccess(_Object): ...
    class StickerSetNotModified(_Object): ...
    class Stickers(_Object):
        hash: builtins.int
        stickers: Sequence[TypeDocument]
    class StickersNotModified(_Object): ...
    class SummarizeText(_Object):
        peer: TypeInputPeer
        id: builtins.int
        to_lang: builtins.str | None = None
        tone: builtins.str | None = None
    class ToggleBotInAttachMenu(_Object):
        write_allowed: builtins.bool = False
        bot: TypeInputUser
        enabled: builtins.bool
    class ToggleDialogFilterTags(_Object):
        enabled: builtins.bool
    class ToggleDialogPin(_Object):
        pinned: builtins.bool = False
        peer: TypeInputDialogPeer
    class ToggleNoForwards(_Object):
        peer: TypeInputPeer
        enabled: builtins.bool
        request_msg_id: builtins.int | None = None
    class TogglePaidReactionPrivacy(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        private: TypePaidReactionPrivacy
    class TogglePeerTranslations(_Object):
        disabled: builtins.bool = False
        peer: TypeInputPeer
    class ToggleSavedDialogPin(_Object):
        pinned: builtins.bool = False
        peer: TypeInputDialogPeer
    class ToggleStickerSets(_Object):
        uninstall: builtins.bool = False
        archive: builtins.bool = False
        unarchive: builtins.bool = False
        stickersets: Sequence[TypeInputStickerSet]
    class ToggleSuggestedPostApproval(_Object):
        reject: builtins.bool = False
        peer: TypeInputPeer
        msg_id: builtins.int
        schedule_date: builtins.int | None = None
        reject_comment: builtins.str | None = None
    class ToggleTodoCompleted(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
        completed: Sequence[builtins.int]
        incompleted: Sequence[builtins.int]
    class TranscribeAudio(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
    class TranscribedAudio(_Object):
        pending: builtins.bool = False
        transcription_id: builtins.int
        text: builtins.str
        trial_remains_num: builtins.int | None = None
        trial_remains_until_date: builtins.int | None = None
    class TranslateResult(_Object):
        result: Sequence[TypeTextWithEntities]
    class TranslateRichMessage(_Object):
        peer: TypeInputPeer | None = None
        id: Sequence[builtins.int] | None = None
        text: Sequence[TypeInputRichMessage] | None = None
        to_lang: builtins.str
        tone: builtins.str | None = None
    class TranslateText(_Object):
        peer: TypeInputPeer | None = None
        id: Sequence[builtins.int] | None = None
        text: Sequence[TypeTextWithEntities] | None = None
        to_lang: builtins.str
        tone: builtins.str | None = None
    class TranslatedRichMessage(_Object):
        result: Sequence[TypeRichMessage]
    class UninstallStickerSet(_Object):
        stickerset: TypeInputStickerSet
    class UnpinAllMessages(_Object):
        peer: TypeInputPeer
        top_msg_id: builtins.int | None = None
        saved_peer_id: TypeInputPeer | None = None
    class UpdateDialogFilter(_Object):
        id: builtins.int
        filter: TypeDialogFilter | None = None
    class UpdateDialogFiltersOrder(_Object):
        order: Sequence[builtins.int]
    class UpdatePinnedForumTopic(_Object):
        peer: TypeInputPeer
        topic_id: builtins.int
        pinned: builtins.bool
    class UpdatePinnedMessage(_Object):
        silent: builtins.bool = False
        unpin: builtins.bool = False
        pm_oneside: builtins.bool = False
        peer: TypeInputPeer
        id: builtins.int
    class UpdateSavedReactionTag(_Object):
        reaction: TypeReaction
        title: builtins.str | None = None
    class UploadEncryptedFile(_Object):
        peer: TypeInputEncryptedChat
        file: TypeInputEncryptedFile
    class UploadImportedMedia(_Object):
        peer: TypeInputPeer
        import_id: builtins.int
        file_name: builtins.str
        media: TypeInputMedia
    class UploadMedia(_Object):
        business_connection_id: builtins.str | None = None
        peer: TypeInputPeer
        media: TypeInputMedia
    class ViewSponsoredMessage(_Object):
        random_id: builtins.bytes
    class VotesList(_Object):
        count: builtins.int
        votes: Sequence[TypeMessagePeerVote]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
        next_offset: builtins.str | None = None
    class WebPage(_Object):
        webpage: TypeWebPage
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class WebPagePreview(_Object):
        media: TypeMessageMedia
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    TypeAffectedFoundMessages: TypeAlias = AffectedFoundMessages
    TypeAffectedHistory: TypeAlias = AffectedHistory
    TypeAffectedMessages: TypeAlias = AffectedMessages
    TypeAllStickers: TypeAlias = AllStickers | AllStickersNotModified
    TypeArchivedStickers: TypeAlias = ArchivedStickers
    TypeAvailableEffects: TypeAlias = AvailableEffects | AvailableEffectsNotModified
    TypeAvailableReactions: TypeAlias = AvailableReactions | AvailableReactionsNotModified
    TypeBotApp: TypeAlias = BotApp
    TypeBotCallbackAnswer: TypeAlias = BotCallbackAnswer
    TypeBotPreparedInlineMessage: TypeAlias = BotPreparedInlineMessage
    TypeBotResults: TypeAlias = BotResults
    TypeChatAdminsWithInvites: TypeAlias = ChatAdminsWithInvites
    TypeChatFull: TypeAlias = ChatFull
    TypeChatInviteImporters: TypeAlias = ChatInviteImporters
    TypeChatInviteJoinResult: TypeAlias = ChatInviteJoinResultOk | ChatInviteJoinResultWebView
    TypeChats: TypeAlias = Chats | ChatsSlice
    TypeCheckedHistoryImportPeer: TypeAlias = CheckedHistoryImportPeer
    TypeComposedMessageWithAI: TypeAlias = ComposedMessageWithAI
    TypeComposedRichMessageWithAI: TypeAlias = ComposedRichMessageWithAI
    TypeDhConfig: TypeAlias = DhConfig | DhConfigNotModified
    TypeDialogFilters: TypeAlias = DialogFilters
    TypeDialogs: TypeAlias = Dialogs | DialogsNotModified | DialogsSlice
    TypeDiscussionMessage: TypeAlias = DiscussionMessage
    TypeEmojiGameInfo: TypeAlias = EmojiGameDiceInfo | EmojiGameUnavailable
    TypeEmojiGameOutcome: TypeAlias = EmojiGameOutcome
    TypeEmojiGroups: TypeAlias = EmojiGroups | EmojiGroupsNotModified
    TypeExportedChatInvite: TypeAlias = ExportedChatInvite | ExportedChatInviteReplaced
    TypeExportedChatInvites: TypeAlias = ExportedChatInvites
    TypeFavedStickers: TypeAlias = FavedStickers | FavedStickersNotModified
    TypeFeaturedStickers: TypeAlias = FeaturedStickers | FeaturedStickersNotModified
    TypeForumTopics: TypeAlias = ForumTopics
    TypeFoundStickerSets: TypeAlias = FoundStickerSets | FoundStickerSetsNotModified
    TypeFoundStickers: TypeAlias = FoundStickers | FoundStickersNotModified
    TypeHighScores: TypeAlias = HighScores
    TypeHistoryImport: TypeAlias = HistoryImport
    TypeHistoryImportParsed: TypeAlias = HistoryImportParsed
    TypeInactiveChats: TypeAlias = InactiveChats
    TypeInvitedUsers: TypeAlias = InvitedUsers
    TypeMessageEditData: TypeAlias = MessageEditData
    TypeMessageReactionsList: TypeAlias = MessageReactionsList
    TypeMessageViews: TypeAlias = MessageViews
    TypeMessages: TypeAlias = ChannelMessages | Messages | MessagesNotModified | MessagesSlice
    TypeMyStickers: TypeAlias = MyStickers
    TypePeerDialogs: TypeAlias = PeerDialogs
    TypePeerSettings: TypeAlias = PeerSettings
    TypePreparedInlineMessage: TypeAlias = PreparedInlineMessage
    TypeQuickReplies: TypeAlias = QuickReplies | QuickRepliesNotModified
    TypeReactions: TypeAlias = Reactions | ReactionsNotModified
    TypeRecentStickers: TypeAlias = RecentStickers | RecentStickersNotModified
    TypeSavedDialogs: TypeAlias = SavedDialogs | SavedDialogsNotModified | SavedDialogsSlice
    TypeSavedGifs: TypeAlias = SavedGifs | SavedGifsNotModified
    TypeSavedReactionTags: TypeAlias = SavedReactionTags | SavedReactionTagsNotModified
    TypeSearchCounter: TypeAlias = SearchCounter
    TypeSearchResultsCalendar: TypeAlias = SearchResultsCalendar
    TypeSearchResultsPositions: TypeAlias = SearchResultsPositions
    TypeSentEncryptedMessage: TypeAlias = SentEncryptedFile | SentEncryptedMessage
    TypeSponsoredMessages: TypeAlias = SponsoredMessages | SponsoredMessagesEmpty
    TypeStickerSet: TypeAlias = StickerSet | StickerSetNotModified
    TypeStickerSetInstallResult: TypeAlias = StickerSetInstallResultArchive | StickerSetInstallResultSuccess
    TypeStickers: TypeAlias = Stickers | StickersNotModified
    TypeTranscribedAudio: TypeAlias = TranscribedAudio
    TypeTranslatedRichMessage: TypeAlias = TranslatedRichMessage
    TypeTranslatedText: TypeAlias = TranslateResult
    TypeVotesList: TypeAlias = VotesList
    TypeWebPage: TypeAlias = WebPage
    TypeWebPagePreview: TypeAlias = WebPagePreview
class payments:
    class ApplyGiftCode(_Object):
        slug: builtins.str
    class AssignAppStoreTransaction(_Object):
        receipt: builtins.bytes
        purpose: TypeInputStorePaymentPurpose
    class AssignPlayMarketTransaction(_Object):
        receipt: TypeDataJSON
        purpose: TypeInputStorePaymentPurpose
    class BankCardData(_Object):
        title: builtins.str
        open_urls: Sequence[TypeBankCardOpenUrl]
    class BotCancelStarsSubscription(_Object):
        restore: builtins.bool = False
        user_id: TypeInputUser
        charge_id: builtins.str
    class CanPurchasePremium(_Object):
        purpose: TypeInputStorePaymentPurpose
    class CanPurchaseStore(_Object):
        purpose: TypeInputStorePaymentPurpose
    class ChangeStarsSubscription(_Object):
        peer: TypeInputPeer
        subscription_id: builtins.str
        canceled: builtins.bool | None = None
    class CheckCanSendGift(_Object):
        gift_id: builtins.int
    class CheckCanSendGiftResultFail(_Object):
        reason: TypeTextWithEntities
    class CheckCanSendGiftResultOk(_Object): ...
    class CheckGiftCode(_Object):
        slug: builtins.str
    class CheckedGiftCode(_Object):
        via_giveaway: builtins.bool = False
        from_id: TypePeer | None = None
        giveaway_msg_id: builtins.int | None = None
        to_id: builtins.int | None = None
        date: builtins.int
        days: builtins.int
        used_date: builtins.int | None = None
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ClearSavedInfo(_Object):
        credentials: builtins.bool = False
        info: builtins.bool = False
    class ConnectStarRefBot(_Object):
        peer: TypeInputPeer
        bot: TypeInputUser
    class ConnectedStarRefBots(_Object):
        count: builtins.int
        connected_bots: Sequence[TypeConnectedBotStarRef]
        users: Sequence[TypeUser]
    class ConvertStarGift(_Object):
        stargift: TypeInputSavedStarGift
    class CraftStarGift(_Object):
        stargift: Sequence[TypeInputSavedStarGift]
    class CreateStarGiftCollection(_Object):
        peer: TypeInputPeer
        title: builtins.str
        stargift: Sequence[TypeInputSavedStarGift]
    class DeleteStarGiftCollection(_Object):
        peer: TypeInputPeer
        collection_id: builtins.int
    class EditConnectedStarRefBot(_Object):
        revoked: builtins.bool = False
        peer: TypeInputPeer
        link: builtins.str
    class ExportInvoice(_Object):
        invoice_media: TypeInputMedia
    class ExportedInvoice(_Object):
        url: builtins.str
    class FulfillStarsSubscription(_Object):
        peer: TypeInputPeer
        subscription_id: builtins.str
    class GetBankCardData(_Object):
        number: builtins.str
    class GetConnectedStarRefBot(_Object):
        peer: TypeInputPeer
        bot: TypeInputUser
    class GetConnectedStarRefBots(_Object):
        peer: TypeInputPeer
        offset_date: builtins.int | None = None
        offset_link: builtins.str | None = None
        limit: builtins.int
    class GetCraftStarGifts(_Object):
        gift_id: builtins.int
        offset: builtins.str
        limit: builtins.int
    class GetGiveawayInfo(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
    class GetPaymentForm(_Object):
        invoice: TypeInputInvoice
        theme_params: TypeDataJSON | None = None
    class GetPaymentReceipt(_Object):
        peer: TypeInputPeer
        msg_id: builtins.int
    class GetPremiumGiftCodeOptions(_Object):
        boost_peer: TypeInputPeer | None = None
    class GetResaleStarGifts(_Object):
        sort_by_price: builtins.bool = False
        sort_by_num: builtins.bool = False
        for_craft: builtins.bool = False
        stars_only: builtins.bool = False
        attributes_hash: builtins.int | None = None
        gift_id: builtins.int
        attributes: Sequence[TypeStarGiftAttributeId] | None = None
        offset: builtins.str
        limit: builtins.int
    class GetSavedInfo(_Object): ...
    class GetSavedStarGift(_Object):
        stargift: Sequence[TypeInputSavedStarGift]
    class GetSavedStarGifts(_Object):
        exclude_unsaved: builtins.bool = False
        exclude_saved: builtins.bool = False
        exclude_unlimited: builtins.bool = False
        exclude_unique: builtins.bool = False
        sort_by_value: builtins.bool = False
        exclude_upgradable: builtins.bool = False
        exclude_unupgradable: builtins.bool = False
        peer_color_available: builtins.bool = False
        exclude_hosted: builtins.bool = False
        peer: TypeInputPeer
        collection_id: builtins.int | None = None
        offset: builtins.str
        limit: builtins.int
        exclude_limited: builtins.bool = False
    class GetStarGiftActiveAuctions(_Object):
        hash: builtins.int
    class GetStarGiftAuctionAcquiredGifts(_Object):
        gift_id: builtins.int
    class GetStarGiftAuctionState(_Object):
        auction: TypeInputStarGiftAuction
        version: builtins.int
    class GetStarGiftCollections(_Object):
        peer: TypeInputPeer
        hash: builtins.int
    class GetStarGiftUpgradeAttributes(_Object):
        gift_id: builtins.int
    class GetStarGiftUpgradePreview(_Object):
        gift_id: builtins.int
    class GetStarGiftWithdrawalUrl(_Object):
        stargift: TypeInputSavedStarGift
        password: TypeInputCheckPasswordSRP
    class GetStarGifts(_Object):
        hash: builtins.int
    class GetStarsGiftOptions(_Object):
        user_id: TypeInputUser | None = None
    class GetStarsGiveawayOptions(_Object): ...
    class GetStarsRevenueAdsAccountUrl(_Object):
        peer: TypeInputPeer
    class GetStarsRevenueStats(_Object):
        dark: builtins.bool = False
        ton: builtins.bool = False
        peer: TypeInputPeer
    class GetStarsRevenueWithdrawalUrl(_Object):
        ton: builtins.bool = False
        peer: TypeInputPeer
        amount: builtins.int | None = None
        password: TypeInputCheckPasswordSRP
    class GetStarsStatus(_Object):
        ton: builtins.bool = False
        peer: TypeInputPeer
    class GetStarsSubscriptions(_Object):
        missing_balance: builtins.bool = False
        peer: TypeInputPeer
        offset: builtins.str
    class GetStarsTopupOptions(_Object): ...
    class GetStarsTransactions(_Object):
        inbound: builtins.bool = False
        outbound: builtins.bool = False
        ascending: builtins.bool = False
        ton: builtins.bool = False
        subscription_id: builtins.str | None = None
        peer: TypeInputPeer
        offset: builtins.str
        limit: builtins.int
    class GetStarsTransactionsByID(_Object):
        ton: builtins.bool = False
        peer: TypeInputPeer
        id: Sequence[TypeInputStarsTransaction]
    class GetSuggestedStarRefBots(_Object):
        order_by_revenue: builtins.bool = False
        order_by_date: builtins.bool = False
        peer: TypeInputPeer
        offset: builtins.str
        limit: builtins.int
    class GetUniqueStarGift(_Object):
        slug: builtins.str
    class GetUniqueStarGiftValueInfo(_Object):
        slug: builtins.str
    class GetUserStarGift(_Object):
        msg_id: Sequence[builtins.int]
    class GetUserStarGifts(_Object):
        user_id: TypeInputUser
        offset: builtins.str
        limit: builtins.int
    class GiveawayInfo(_Object):
        participating: builtins.bool = False
        preparing_results: builtins.bool = False
        start_date: builtins.int
        joined_too_early_date: builtins.int | None = None
        admin_disallowed_chat_id: builtins.int | None = None
        disallowed_country: builtins.str | None = None
    class GiveawayInfoResults(_Object):
        winner: builtins.bool = False
        refunded: builtins.bool = False
        start_date: builtins.int
        gift_code_slug: builtins.str | None = None
        stars_prize: builtins.int | None = None
        finish_date: builtins.int
        winners_count: builtins.int
        activated_count: builtins.int | None = None
    class LaunchPrepaidGiveaway(_Object):
        peer: TypeInputPeer
        giveaway_id: builtins.int
        purpose: TypeInputStorePaymentPurpose
    class PaymentForm(_Object):
        can_save_credentials: builtins.bool = False
        password_missing: builtins.bool = False
        form_id: builtins.int
        bot_id: builtins.int
        title: builtins.str
        description: builtins.str
        photo: TypeWebDocument | None = None
        invoice: TypeInvoice
        provider_id: builtins.int
        url: builtins.str
        native_provider: builtins.str | None = None
        native_params: TypeDataJSON | None = None
        additional_methods: Sequence[TypePaymentFormMethod] | None = None
        saved_info: TypePaymentRequestedInfo | None = None
        saved_credentials: Sequence[TypePaymentSavedCredentials] | None = None
        users: Sequence[TypeUser]
    class PaymentFormStarGift(_Object):
        form_id: builtins.int
        invoice: TypeInvoice
    class PaymentFormStars(_Object):
        form_id: builtins.int
        bot_id: builtins.int
        title: builtins.str
        description: builtins.str
        photo: TypeWebDocument | None = None
        invoice: TypeInvoice
        users: Sequence[TypeUser]
    class PaymentReceipt(_Object):
        date: builtins.int
        bot_id: builtins.int
        provider_id: builtins.int
        title: builtins.str
        description: builtins.str
        photo: TypeWebDocument | None = None
        invoice: TypeInvoice
        info: TypePaymentRequestedInfo | None = None
        shipping: TypeShippingOption | None = None
        tip_amount: builtins.int | None = None
        currency: builtins.str
        total_amount: builtins.int
        credentials_title: builtins.str
        users: Sequence[TypeUser]
    class PaymentReceiptStars(_Object):
        date: builtins.int
        bot_id: builtins.int
        title: builtins.str
        description: builtins.str
        photo: TypeWebDocument | None = None
        invoice: TypeInvoice
        currency: builtins.str
        total_amount: builtins.int
        transaction_id: builtins.str
        users: Sequence[TypeUser]
    class PaymentResult(_Object):
        updates: TypeUpdates
    class PaymentVerificationNeeded(_Object):
        url: builtins.str
    class RefundStarsCharge(_Object):
        user_id: TypeInputUser
        charge_id: builtins.str
    class ReorderStarGiftCollections(_Object):
        peer: TypeInputPeer
        order: Sequence[builtins.int]
    class ResaleStarGifts(_Object):
        count: builtins.int
        gifts: Sequence[TypeStarGift]
        next_offset: builtins.str | None = None
        attributes: Sequence[TypeStarGiftAttribute] | None = None
        attributes_hash: builtins.int | None = None
        chats: Sequence[TypeChat]
        counters: Sequence[TypeStarGiftAttributeCounter] | None = None
        users: Sequence[TypeUser]
    class ResolveStarGiftOffer(_Object):
        decline: builtins.bool = False
        offer_msg_id: builtins.int
    class SaveStarGift(_Object):
        unsave: builtins.bool = False
        stargift: TypeInputSavedStarGift
    class SavedInfo(_Object):
        has_saved_credentials: builtins.bool = False
        saved_info: TypePaymentRequestedInfo | None = None
    class SavedStarGifts(_Object):
        count: builtins.int
        chat_notifications_enabled: builtins.bool | None = None
        gifts: Sequence[TypeSavedStarGift]
        next_offset: builtins.str | None = None
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class SendPaymentForm(_Object):
        form_id: builtins.int
        invoice: TypeInputInvoice
        requested_info_id: builtins.str | None = None
        shipping_option_id: builtins.str | None = None
        credentials: TypeInputPaymentCredentials
        tip_amount: builtins.int | None = None
    class SendStarGiftOffer(_Object):
        peer: TypeInputPeer
        slug: builtins.str
        price: TypeStarsAmount
        duration: builtins.int
        random_id: builtins.int
        allow_paid_stars: builtins.int | None = None
    class SendStarsForm(_Object):
        form_id: builtins.int
        invoice: TypeInputInvoice
    class StarGiftActiveAuctions(_Object):
        auctions: Sequence[TypeStarGiftActiveAuctionState]
        users: Sequence[TypeUser]
        chats: Sequence[TypeChat]
    class StarGiftActiveAuctionsNotModified(_Object): ...
    class StarGiftAuctionAcquiredGifts(_Object):
        gifts: Sequence[TypeStarGiftAuctionAcquiredGift]
        users: Sequence[TypeUser]
        chats: Sequence[TypeChat]
    class StarGiftAuctionState(_Object):
        gift: TypeStarGift
        state: TypeStarGiftAuctionState
        user_state: TypeStarGiftAuctionUserState
        timeout: builtins.int
        users: Sequence[TypeUser]
        chats: Sequence[TypeChat]
    class StarGiftCollections(_Object):
        collections: Sequence[TypeStarGiftCollection]
    class StarGiftCollectionsNotModified(_Object): ...
    class StarGiftUpgradeAttributes(_Object):
        attributes: Sequence[TypeStarGiftAttribute]
    class StarGiftUpgradePreview(_Object):
        sample_attributes: Sequence[TypeStarGiftAttribute]
        prices: Sequence[TypeStarGiftUpgradePrice]
        next_prices: Sequence[TypeStarGiftUpgradePrice]
    class StarGiftWithdrawalUrl(_Object):
        url: builtins.str
    class StarGifts(_Object):
        hash: builtins.int
        gifts: Sequence[TypeStarGift]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class StarGiftsNotModified(_Object): ...
    class StarsRevenueAdsAccountUrl(_Object):
        url: builtins.str
    class StarsRevenueStats(_Object):
        top_hours_graph: TypeStatsGraph | None = None
        revenue_graph: TypeStatsGraph
        status: TypeStarsRevenueStatus
        usd_rate: builtins.float
    class StarsRevenueWithdrawalUrl(_Object):
        url: builtins.str
    class StarsStatus(_Object):
        balance: TypeStarsAmount
        subscriptions: Sequence[TypeStarsSubscription] | None = None
        subscriptions_next_offset: builtins.str | None = None
        subscriptions_missing_balance: builtins.int | None = None
        history: Sequence[TypeStarsTransaction] | None = None
        next_offset: builtins.str | None = None
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class SuggestedStarRefBots(_Object):
        count: builtins.int
        suggested_bots: Sequence[TypeStarRefProgram]
        users: Sequence[TypeUser]
        next_offset: builtins.str | None = None
    class ToggleChatStarGiftNotifications(_Object):
        enabled: builtins.bool = False
        peer: TypeInputPeer
    class ToggleStarGiftsPinnedToTop(_Object):
        peer: TypeInputPeer
        stargift: Sequence[TypeInputSavedStarGift]
    class TransferStarGift(_Object):
        stargift: TypeInputSavedStarGift
        to_id: TypeInputPeer
    class UniqueStarGift(_Object):
        gift: TypeStarGift
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class UniqueStarGiftValueInfo(_Object):
        last_sale_on_fragment: builtins.bool = False
        value_is_average: builtins.bool = False
        currency: builtins.str
        value: builtins.int
        initial_sale_date: builtins.int
        initial_sale_stars: builtins.int
        initial_sale_price: builtins.int
        last_sale_date: builtins.int | None = None
        last_sale_price: builtins.int | None = None
        floor_price: builtins.int | None = None
        average_price: builtins.int | None = None
        listed_count: builtins.int | None = None
        fragment_listed_count: builtins.int | None = None
        fragment_listed_url: builtins.str | None = None
    class UpdateStarGiftCollection(_Object):
        peer: TypeInputPeer
        collection_id: builtins.int
        title: builtins.str | None = None
        delete_stargift: Sequence[TypeInputSavedStarGift] | None = None
        add_stargift: Sequence[TypeInputSavedStarGift] | None = None
        order: Sequence[TypeInputSavedStarGift] | None = None
    class UpdateStarGiftPrice(_Object):
        stargift: TypeInputSavedStarGift
        resell_amount: TypeStarsAmount
    class UpgradeStarGift(_Object):
        keep_original_details: builtins.bool = False
        stargift: TypeInputSavedStarGift
    class UserStarGifts(_Object):
        count: builtins.int
        gifts: Sequence[TypeUserStarGift]
        next_offset: builtins.str | None = None
        users: Sequence[TypeUser]
    class ValidateRequestedInfo(_Object):
        save: builtins.bool = False
        invoice: TypeInputInvoice
        info: TypePaymentRequestedInfo
    class ValidatedRequestedInfo(_Object):
        id: builtins.str | None = None
        shipping_options: Sequence[TypeShippingOption] | None = None
    TypeBankCardData: TypeAlias = BankCardData
    TypeCheckCanSendGiftResult: TypeAlias = CheckCanSendGiftResultFail | CheckCanSendGiftResultOk
    TypeCheckedGiftCode: TypeAlias = CheckedGiftCode
    TypeConnectedStarRefBots: TypeAlias = ConnectedStarRefBots
    TypeExportedInvoice: TypeAlias = ExportedInvoice
    TypeGiveawayInfo: TypeAlias = GiveawayInfo | GiveawayInfoResults
    TypePaymentForm: TypeAlias = PaymentForm | PaymentFormStarGift | PaymentFormStars
    TypePaymentReceipt: TypeAlias = PaymentReceipt | PaymentReceiptStars
    TypePaymentResult: TypeAlias = PaymentResult | PaymentVerificationNeeded
    TypeResaleStarGifts: TypeAlias = ResaleStarGifts
    TypeSavedInfo: TypeAlias = SavedInfo
    TypeSavedStarGifts: TypeAlias = SavedStarGifts
    TypeStarGiftActiveAuctions: TypeAlias = StarGiftActiveAuctions | StarGiftActiveAuctionsNotModified
    TypeStarGiftAuctionAcquiredGifts: TypeAlias = StarGiftAuctionAcquiredGifts
    TypeStarGiftAuctionState: TypeAlias = StarGiftAuctionState
    TypeStarGiftCollections: TypeAlias = StarGiftCollections | StarGiftCollectionsNotModified
    TypeStarGiftUpgradeAttributes: TypeAlias = StarGiftUpgradeAttributes
    TypeStarGiftUpgradePreview: TypeAlias = StarGiftUpgradePreview
    TypeStarGiftWithdrawalUrl: TypeAlias = StarGiftWithdrawalUrl
    TypeStarGifts: TypeAlias = StarGifts | StarGiftsNotModified
    TypeStarsRevenueAdsAccountUrl: TypeAlias = StarsRevenueAdsAccountUrl
    TypeStarsRevenueStats: TypeAlias = StarsRevenueStats
    TypeStarsRevenueWithdrawalUrl: TypeAlias = StarsRevenueWithdrawalUrl
    TypeStarsStatus: TypeAlias = StarsStatus
    TypeSuggestedStarRefBots: TypeAlias = SuggestedStarRefBots
    TypeUniqueStarGift: TypeAlias = UniqueStarGift
    TypeUniqueStarGiftValueInfo: TypeAlias = UniqueStarGiftValueInfo
    TypeUserStarGifts: TypeAlias = UserStarGifts
    TypeValidatedRequestedInfo: TypeAlias = ValidatedRequestedInfo
class petitbleu:
    class AddCorrection(_Object):
        channel: TypeInputChannel
        id: builtins.int
        text: builtins.str
    class Alt(_Object):
        text: builtins.str
    class Approve(_Object):
        edit: builtins.bool = False
        channel: TypeInputChannel
        id: builtins.int
        version: builtins.str
        reason: builtins.str | None = None
    class Author(_Object):
        shown: builtins.bool = False
        holds: builtins.bool = False
        about: builtins.bool = False
        photo: builtins.bool = False
        unsigned: builtins.bool = False
        name: builtins.str
        address: builtins.str | None = None
    class Case(_Object):
        asked: builtins.bool = False
        can_contest: builtins.bool = False
        number: builtins.str
        role: builtins.str
        kind: builtins.str
        state: builtins.str
        at: builtins.int
        due: builtins.int | None = None
        url: builtins.str
        contest: builtins.str | None = None
        reason: builtins.str | None = None
        about: builtins.str | None = None
    class Cases(_Object):
        cases: Sequence[_petitbleu_TypeCase]
        url: builtins.str
    class CheckDomain(_Object):
        channel: TypeInputChannel
    class Correction(_Object):
        date: builtins.int
        text: builtins.str
    class Corrections(_Object):
        notes: Sequence[_petitbleu_TypeCorrection]
    class DeleteCorrection(_Object):
        channel: TypeInputChannel
        id: builtins.int
        date: builtins.int
    class DiscardEdit(_Object):
        channel: TypeInputChannel
        id: builtins.int
        version: builtins.str
    class Domain(_Object):
        verified: builtins.bool = False
        domain: builtins.str
        record: builtins.str
        value: builtins.str
        file: builtins.str
    class Export(_Object):
        ready: builtins.bool = False
        failed: builtins.bool = False
        id: builtins.int
        date: builtins.int
        chats: builtins.int
        all_chats: builtins.int
        messages: builtins.int
        files: builtins.int
        size: builtins.int | None = None
        expires: builtins.int | None = None
        url: builtins.str | None = None
        next: builtins.int
    class ExportEmpty(_Object): ...
    class GetAlt(_Object):
        channel: TypeInputChannel
        id: builtins.int
    class GetAuthor(_Object):
        channel: TypeInputChannel
    class GetCases(_Object): ...
    class GetCorrections(_Object):
        channel: TypeInputChannel
        id: builtins.int
    class GetExport(_Object): ...
    class GetIdentity(_Object):
        channel: TypeInputChannel
    class GetPage(_Object):
        channel: TypeInputChannel
    class GetReceipt(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
        reason: builtins.str | None = None
    class GetVisits(_Object):
        channel: TypeInputChannel
    class GetWaiting(_Object):
        channel: TypeInputChannel
    class Identity(_Object):
        name: builtins.str
        accent: builtins.str
        background: builtins.str
        sections: builtins.str
        about: builtins.str
        imprint: builtins.str
        logo: builtins.str | None = None
        domain: _petitbleu_TypeDomain | None = None
        said: builtins.str | None = None
        refused: builtins.bool = False
    class Page(_Object):
        may_show: builtins.bool = False
        state: builtins.str
        address: builtins.str | None = None
        preview: builtins.str | None = None
        switches: Sequence[_petitbleu_TypePageSwitch]
        undescribed: Sequence[builtins.int]
        official: builtins.str | None = None
    class PageSwitch(_Object):
        name: builtins.str
        value: builtins.str
        values: Sequence[builtins.str]
    class Receipt(_Object):
        again: builtins.bool = False
        number: builtins.str
        text: builtins.str
        url: builtins.str | None = None
        status: builtins.str | None = None
        due: builtins.int | None = None
    class SendCode(_Object):
        who: builtins.str
    class SentCode(_Object):
        alias: builtins.str
        sent: _auth_TypeSentCode
    class SetAlt(_Object):
        channel: TypeInputChannel
        id: builtins.int
        text: builtins.str
    class SetAuthor(_Object):
        shown: builtins.bool = False
        about: builtins.bool = False
        photo: builtins.bool = False
        channel: TypeInputChannel
    class SetDomain(_Object):
        channel: TypeInputChannel
        domain: builtins.str
    class SetIdentity(_Object):
        channel: TypeInputChannel
        name: builtins.str
        value: builtins.str
    class SetLogo(_Object):
        channel: TypeInputChannel
        file: TypeInputFile | None = None
    class SetPage(_Object):
        channel: TypeInputChannel
        name: builtins.str
        value: builtins.str
    class SetPreview(_Object):
        off: builtins.bool = False
        edit: builtins.bool = False
        channel: TypeInputChannel
        id: builtins.int
    class StartExport(_Object):
        password: TypeInputCheckPasswordSRP
    class Visits(_Object):
        week: builtins.int
        month: builtins.int
        url: builtins.str
    class Waiting(_Object):
        demanded: builtins.bool = False
        may_demand: builtins.bool = False
        may_alone: builtins.bool = False
        posts: Sequence[_petitbleu_TypeWaitingPost]
        users: Sequence[TypeUser]
        chats: Sequence[TypeChat]
    class WaitingPost(_Object):
        edit: builtins.bool = False
        may_approve: builtins.bool = False
        mine: builtins.bool = False
        version: builtins.str
        author: builtins.int
        due: builtins.int
        approved_by: builtins.int | None = None
        reason: builtins.str | None = None
        preview: builtins.str | None = None
        messages: Sequence[TypeMessage]
        before: TypeMessage | None = None
    TypeAlt: TypeAlias = Alt
    TypeAuthor: TypeAlias = Author
    TypeCase: TypeAlias = Case
    TypeCases: TypeAlias = Cases
    TypeCorrection: TypeAlias = Correction
    TypeCorrections: TypeAlias = Corrections
    TypeDomain: TypeAlias = Domain
    TypeExport: TypeAlias = Export | ExportEmpty
    TypeIdentity: TypeAlias = Identity
    TypePage: TypeAlias = Page
    TypePageSwitch: TypeAlias = PageSwitch
    TypeReceipt: TypeAlias = Receipt
    TypeSentCode: TypeAlias = SentCode
    TypeVisits: TypeAlias = Visits
    TypeWaiting: TypeAlias = Waiting
    TypeWaitingPost: TypeAlias = WaitingPost
class phone:
    class AcceptCall(_Object):
        peer: TypeInputPhoneCall
        g_b: builtins.bytes
        protocol: TypePhoneCallProtocol
    class CheckGroupCall(_Object):
        call: TypeInputGroupCall
        sources: Sequence[builtins.int]
    class ConfirmCall(_Object):
        peer: TypeInputPhoneCall
        g_a: builtins.bytes
        key_fingerprint: builtins.int
        protocol: TypePhoneCallProtocol
    class CreateConferenceCall(_Object):
        muted: builtins.bool = False
        video_stopped: builtins.bool = False
        join: builtins.bool = False
        random_id: builtins.int
        public_key: builtins.bytes | None = None
        block: builtins.bytes | None = None
        params: TypeDataJSON | None = None
    class CreateGroupCall(_Object):
        rtmp_stream: builtins.bool = False
        peer: TypeInputPeer
        random_id: builtins.int
        title: builtins.str | None = None
        schedule_date: builtins.int | None = None
    class DeclineConferenceCallInvite(_Object):
        msg_id: builtins.int
    class DeleteConferenceCallParticipants(_Object):
        only_left: builtins.bool = False
        kick: builtins.bool = False
        call: TypeInputGroupCall
        ids: Sequence[builtins.int]
        block: builtins.bytes
    class DeleteGroupCallMessages(_Object):
        report_spam: builtins.bool = False
        call: TypeInputGroupCall
        messages: Sequence[builtins.int]
    class DeleteGroupCallParticipantMessages(_Object):
        report_spam: builtins.bool = False
        call: TypeInputGroupCall
        participant: TypeInputPeer
    class DiscardCall(_Object):
        video: builtins.bool = False
        peer: TypeInputPhoneCall
        duration: builtins.int
        reason: TypePhoneCallDiscardReason
        connection_id: builtins.int
    class DiscardGroupCall(_Object):
        call: TypeInputGroupCall
    class EditGroupCallParticipant(_Object):
        call: TypeInputGroupCall
        participant: TypeInputPeer
        muted: builtins.bool | None = None
        volume: builtins.int | None = None
        raise_hand: builtins.bool | None = None
        video_stopped: builtins.bool | None = None
        video_paused: builtins.bool | None = None
        presentation_paused: builtins.bool | None = None
    class EditGroupCallTitle(_Object):
        call: TypeInputGroupCall
        title: builtins.str
    class ExportGroupCallInvite(_Object):
        can_self_unmute: builtins.bool = False
        call: TypeInputGroupCall
    class ExportedGroupCallInvite(_Object):
        link: builtins.str
    class GetCallConfig(_Object): ...
    class GetGroupCall(_Object):
        call: TypeInputGroupCall
        limit: builtins.int
    class GetGroupCallChainBlocks(_Object):
        call: TypeInputGroupCall
        sub_chain_id: builtins.int
        offset: builtins.int
        limit: builtins.int
    class GetGroupCallJoinAs(_Object):
        peer: TypeInputPeer
    class GetGroupCallStars(_Object):
        call: TypeInputGroupCall
    class GetGroupCallStreamChannels(_Object):
        call: TypeInputGroupCall
    class GetGroupCallStreamRtmpUrl(_Object):
        live_story: builtins.bool = False
        peer: TypeInputPeer
        revoke: builtins.bool
    class GetGroupParticipants(_Object):
        call: TypeInputGroupCall
        ids: Sequence[TypeInputPeer]
        sources: Sequence[builtins.int]
        offset: builtins.str
        limit: builtins.int
    class GroupCall(_Object):
        call: TypeGroupCall
        participants: Sequence[TypeGroupCallParticipant]
        participants_next_offset: builtins.str
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class GroupCallStars(_Object):
        total_stars: builtins.int
        top_donors: Sequence[TypeGroupCallDonor]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class GroupCallStreamChannels(_Object):
        channels: Sequence[TypeGroupCallStreamChannel]
    class GroupCallStreamRtmpUrl(_Object):
        url: builtins.str
        key: builtins.str
    class GroupParticipants(_Object):
        count: builtins.int
        participants: Sequence[TypeGroupCallParticipant]
        next_offset: builtins.str
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
        version: builtins.int
    class InviteConferenceCallParticipant(_Object):
        video: builtins.bool = False
        call: TypeInputGroupCall
        user_id: TypeInputUser
    class InviteToGroupCall(_Object):
        call: TypeInputGroupCall
        users: Sequence[TypeInputUser]
    class JoinAsPeers(_Object):
        peers: Sequence[TypePeer]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class JoinGroupCall(_Object):
        muted: builtins.bool = False
        video_stopped: builtins.bool = False
        call: TypeInputGroupCall
        join_as: TypeInputPeer
        invite_hash: builtins.str | None = None
        public_key: builtins.bytes | None = None
        block: builtins.bytes | None = None
        params: TypeDataJSON
    class JoinGroupCallPresentation(_Object):
        call: TypeInputGroupCall
        params: TypeDataJSON
    class LeaveGroupCall(_Object):
        call: TypeInputGroupCall
        source: builtins.int
    class LeaveGroupCallPresentation(_Object):
        call: TypeInputGroupCall
    class PhoneCall(_Object):
        phone_call: TypePhoneCall
        users: Sequence[TypeUser]
    class ReceivedCall(_Object):
        peer: TypeInputPhoneCall
    class RequestCall(_Object):
        video: builtins.bool = False
        user_id: TypeInputUser
        random_id: builtins.int
        g_a_hash: builtins.bytes
        protocol: TypePhoneCallProtocol
    class SaveCallDebug(_Object):
        peer: TypeInputPhoneCall
        debug: TypeDataJSON
    class SaveCallLog(_Object):
        peer: TypeInputPhoneCall
        file: TypeInputFile
    class SaveDefaultGroupCallJoinAs(_Object):
        peer: TypeInputPeer
        join_as: TypeInputPeer
    class SaveDefaultSendAs(_Object):
        call: TypeInputGroupCall
        send_as: TypeInputPeer
    class SendConferenceCallBroadcast(_Object):
        call: TypeInputGroupCall
        block: builtins.bytes
    class SendGroupCallEncryptedMessage(_Object):
        call: TypeInputGroupCall
        encrypted_message: builtins.bytes
    class SendGroupCallMessage(_Object):
        call: TypeInputGroupCall
        random_id: builtins.int
        message: TypeTextWithEntities
        allow_paid_stars: builtins.int | None = None
        send_as: TypeInputPeer | None = None
    class SendSignalingData(_Object):
        peer: TypeInputPhoneCall
        data: builtins.bytes
    class SetCallRating(_Object):
        user_initiative: builtins.bool = False
        peer: TypeInputPhoneCall
        rating: builtins.int
        comment: builtins.str
    class StartScheduledGroupCall(_Object):
        call: TypeInputGroupCall
    class ToggleGroupCallRecord(_Object):
        start: builtins.bool = False
        video: builtins.bool = False
        call: TypeInputGroupCall
        title: builtins.str | None = None
        video_portrait: builtins.bool | None = None
    class ToggleGroupCallSettings(_Object):
        reset_invite_hash: builtins.bool = False
        call: TypeInputGroupCall
        join_muted: builtins.bool | None = None
        messages_enabled: builtins.bool | None = None
        send_paid_messages_stars: builtins.int | None = None
    class ToggleGroupCallStartSubscription(_Object):
        call: TypeInputGroupCall
        subscribed: builtins.bool
    TypeExportedGroupCallInvite: TypeAlias = ExportedGroupCallInvite
    TypeGroupCall: TypeAlias = GroupCall
    TypeGroupCallStars: TypeAlias = GroupCallStars
    TypeGroupCallStreamChannels: TypeAlias = GroupCallStreamChannels
    TypeGroupCallStreamRtmpUrl: TypeAlias = GroupCallStreamRtmpUrl
    TypeGroupParticipants: TypeAlias = GroupParticipants
    TypeJoinAsPeers: TypeAlias = JoinAsPeers
    TypePhoneCall: TypeAlias = PhoneCall
class photos:
    class DeletePhotos(_Object):
        id: Sequence[TypeInputPhoto]
    class GetUserPhotos(_Object):
        user_id: TypeInputUser
        offset: builtins.int
        max_id: builtins.int
        limit: builtins.int
    class Photo(_Object):
        photo: TypePhoto
        users: Sequence[TypeUser]
    class Photos(_Object):
        photos: Sequence[TypePhoto]
        users: Sequence[TypeUser]
    class PhotosSlice(_Object):
        count: builtins.int
        photos: Sequence[TypePhoto]
        users: Sequence[TypeUser]
    class UpdateProfilePhoto(_Object):
        fallback: builtins.bool = False
        bot: TypeInputUser | None = None
        id: TypeInputPhoto
    class UploadContactProfilePhoto(_Object):
        suggest: builtins.bool = False
        save: builtins.bool = False
        user_id: TypeInputUser
        file: TypeInputFile | None = None
        video: TypeInputFile | None = None
        video_start_ts: builtins.float | None = None
        video_emoji_markup: TypeVideoSize | None = None
    class UploadProfilePhoto(_Object):
        fallback: builtins.bool = False
        bot: TypeInputUser | None = None
        file: TypeInputFile | None = None
        video: TypeInputFile | None = None
        video_start_ts: builtins.float | None = None
        video_emoji_markup: TypeVideoSize | None = None
    TypePhoto: TypeAlias = Photo
    TypePhotos: TypeAlias = Photos | PhotosSlice
class premium:
    class ApplyBoost(_Object):
        slots: Sequence[builtins.int] | None = None
        peer: TypeInputPeer
    class BoostsList(_Object):
        count: builtins.int
        boosts: Sequence[TypeBoost]
        next_offset: builtins.str | None = None
        users: Sequence[TypeUser]
    class BoostsStatus(_Object):
        my_boost: builtins.bool = False
        level: builtins.int
        current_level_boosts: builtins.int
        boosts: builtins.int
        gift_boosts: builtins.int | None = None
        next_level_boosts: builtins.int | None = None
        premium_audience: TypeStatsPercentValue | None = None
        boost_url: builtins.str
        prepaid_giveaways: Sequence[TypePrepaidGiveaway] | None = None
        my_boost_slots: Sequence[builtins.int] | None = None
    class GetBoostsList(_Object):
        gifts: builtins.bool = False
        peer: TypeInputPeer
        offset: builtins.str
        limit: builtins.int
    class GetBoostsStatus(_Object):
        peer: TypeInputPeer
    class GetMyBoosts(_Object): ...
    class GetUserBoosts(_Object):
        peer: TypeInputPeer
        user_id: TypeInputUser
    class MyBoosts(_Object):
        my_boosts: Sequence[TypeMyBoost]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    TypeBoostsList: TypeAlias = BoostsList
    TypeBoostsStatus: TypeAlias = BoostsStatus
    TypeMyBoosts: TypeAlias = MyBoosts
class smsjobs:
    class EligibleToJoin(_Object):
        terms_url: builtins.str
        monthly_sent_sms: builtins.int
    class FinishJob(_Object):
        job_id: builtins.str
        error: builtins.str | None = None
    class GetSmsJob(_Object):
        job_id: builtins.str
    class GetStatus(_Object): ...
    class IsEligibleToJoin(_Object): ...
    class Join(_Object): ...
    class Leave(_Object): ...
    class Status(_Object):
        allow_international: builtins.bool = False
        recent_sent: builtins.int
        recent_since: builtins.int
        recent_remains: builtins.int
        total_sent: builtins.int
        total_since: builtins.int
        last_gift_slug: builtins.str | None = None
        terms_url: builtins.str
    class UpdateSettings(_Object):
        allow_international: builtins.bool = False
    TypeEligibilityToJoin: TypeAlias = EligibleToJoin
    TypeStatus: TypeAlias = Status
class stats:
    class BroadcastRevenueStats(_Object):
        top_hours_graph: TypeStatsGraph
        revenue_graph: TypeStatsGraph
        balances: TypeBroadcastRevenueBalances
        usd_rate: builtins.float
    class BroadcastRevenueTransactions(_Object):
        count: builtins.int
        transactions: Sequence[TypeBroadcastRevenueTransaction]
    class BroadcastRevenueWithdrawalUrl(_Object):
        url: builtins.str
    class BroadcastStats(_Object):
        period: TypeStatsDateRangeDays
        followers: TypeStatsAbsValueAndPrev
        views_per_post: TypeStatsAbsValueAndPrev
        shares_per_post: TypeStatsAbsValueAndPrev
        reactions_per_post: TypeStatsAbsValueAndPrev
        views_per_story: TypeStatsAbsValueAndPrev
        shares_per_story: TypeStatsAbsValueAndPrev
        reactions_per_story: TypeStatsAbsValueAndPrev
        enabled_notifications: TypeStatsPercentValue
        growth_graph: TypeStatsGraph
        followers_graph: TypeStatsGraph
        mute_graph: TypeStatsGraph
        top_hours_graph: TypeStatsGraph
        interactions_graph: TypeStatsGraph
        iv_interactions_graph: TypeStatsGraph
        views_by_source_graph: TypeStatsGraph
        new_followers_by_source_graph: TypeStatsGraph
        languages_graph: TypeStatsGraph
        reactions_by_emotion_graph: TypeStatsGraph
        story_interactions_graph: TypeStatsGraph
        story_reactions_by_emotion_graph: TypeStatsGraph
        recent_posts_interactions: Sequence[TypePostInteractionCounters]
    class GetBroadcastRevenueStats(_Object):
        dark: builtins.bool = False
        peer: TypeInputPeer
    class GetBroadcastRevenueTransactions(_Object):
        peer: TypeInputPeer
        offset: builtins.int
        limit: builtins.int
    class GetBroadcastRevenueWithdrawalUrl(_Object):
        peer: TypeInputPeer
        password: TypeInputCheckPasswordSRP
    class GetBroadcastStats(_Object):
        dark: builtins.bool = False
        channel: TypeInputChannel
    class GetMegagroupStats(_Object):
        dark: builtins.bool = False
        channel: TypeInputChannel
    class GetMessagePublicForwards(_Object):
        channel: TypeInputChannel
        msg_id: builtins.int
        offset: builtins.str
        limit: builtins.int
    class GetMessageStats(_Object):
        dark: builtins.bool = False
        channel: TypeInputChannel
        msg_id: builtins.int
    class GetPollStats(_Object):
        dark: builtins.bool = False
        peer: TypeInputPeer
        msg_id: builtins.int
    class GetStoryPublicForwards(_Object):
        peer: TypeInputPeer
        id: builtins.int
        offset: builtins.str
        limit: builtins.int
    class GetStoryStats(_Object):
        dark: builtins.bool = False
        peer: TypeInputPeer
        id: builtins.int
    class LoadAsyncGraph(_Object):
        token: builtins.str
        x: builtins.int | None = None
    class MegagroupStats(_Object):
        period: TypeStatsDateRangeDays
        members: TypeStatsAbsValueAndPrev
        messages: TypeStatsAbsValueAndPrev
        viewers: TypeStatsAbsValueAndPrev
        posters: TypeStatsAbsValueAndPrev
        growth_graph: TypeStatsGraph
        members_graph: TypeStatsGraph
        new_members_by_source_graph: TypeStatsGraph
        languages_graph: TypeStatsGraph
        messages_graph: TypeStatsGraph
        actions_graph: TypeStatsGraph
        top_hours_graph: TypeStatsGraph
        weekdays_graph: TypeStatsGraph
        top_posters: Sequence[TypeStatsGroupTopPoster]
        top_admins: Sequence[TypeStatsGroupTopAdmin]
        top_inviters: Sequence[TypeStatsGroupTopInviter]
        users: Sequence[TypeUser]
    class MessageStats(_Object):
        views_graph: TypeStatsGraph
        reactions_by_emotion_graph: TypeStatsGraph
    class PollStats(_Object):
        votes_graph: TypeStatsGraph
    class PublicForwards(_Object):
        count: builtins.int
        forwards: Sequence[TypePublicForward]
        next_offset: builtins.str | None = None
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class StoryStats(_Object):
        views_graph: TypeStatsGraph
        reactions_by_emotion_graph: TypeStatsGraph
    TypeBroadcastRevenueStats: TypeAlias = BroadcastRevenueStats
    TypeBroadcastRevenueTransactions: TypeAlias = BroadcastRevenueTransactions
    TypeBroadcastRevenueWithdrawalUrl: TypeAlias = BroadcastRevenueWithdrawalUrl
    TypeBroadcastStats: TypeAlias = BroadcastStats
    TypeMegagroupStats: TypeAlias = MegagroupStats
    TypeMessageStats: TypeAlias = MessageStats
    TypePollStats: TypeAlias = PollStats
    TypePublicForwards: TypeAlias = PublicForwards
    TypeStoryStats: TypeAlias = StoryStats
class stickers:
    class AddStickerToSet(_Object):
        stickerset: TypeInputStickerSet
        sticker: TypeInputStickerSetItem
    class ChangeSticker(_Object):
        sticker: TypeInputDocument
        emoji: builtins.str | None = None
        mask_coords: TypeMaskCoords | None = None
        keywords: builtins.str | None = None
    class ChangeStickerPosition(_Object):
        sticker: TypeInputDocument
        position: builtins.int
    class CheckShortName(_Object):
        short_name: builtins.str
    class CreateStickerSet(_Object):
        masks: builtins.bool = False
        emojis: builtins.bool = False
        text_color: builtins.bool = False
        user_id: TypeInputUser
        title: builtins.str
        short_name: builtins.str
        thumb: TypeInputDocument | None = None
        stickers: Sequence[TypeInputStickerSetItem]
        software: builtins.str | None = None
        animated: builtins.bool = False
        videos: builtins.bool = False
    class DeleteStickerSet(_Object):
        stickerset: TypeInputStickerSet
    class RemoveStickerFromSet(_Object):
        sticker: TypeInputDocument
    class RenameStickerSet(_Object):
        stickerset: TypeInputStickerSet
        title: builtins.str
    class ReplaceSticker(_Object):
        sticker: TypeInputDocument
        new_sticker: TypeInputStickerSetItem
    class SetStickerSetThumb(_Object):
        stickerset: TypeInputStickerSet
        thumb: TypeInputDocument | None = None
        thumb_document_id: builtins.int | None = None
    class SuggestShortName(_Object):
        title: builtins.str
    class SuggestedShortName(_Object):
        short_name: builtins.str
    TypeSuggestedShortName: TypeAlias = SuggestedShortName
class storage:
    class FileGif(_Object): ...
    class FileJpeg(_Object): ...
    class FileMov(_Object): ...
    class FileMp3(_Object): ...
    class FileMp4(_Object): ...
    class FilePartial(_Object): ...
    class FilePdf(_Object): ...
    class FilePng(_Object): ...
    class FileUnknown(_Object): ...
    class FileWebp(_Object): ...
    TypeFileType: TypeAlias = FileGif | FileJpeg | FileMov | FileMp3 | FileMp4 | FilePartial | FilePdf | FilePng | FileUnknown | FileWebp
class stories:
    class ActivateStealthMode(_Object):
        past: builtins.bool = False
        future: builtins.bool = False
    class Albums(_Object):
        hash: builtins.int
        albums: Sequence[TypeStoryAlbum]
    class AlbumsNotModified(_Object): ...
    class AllStories(_Object):
        has_more: builtins.bool = False
        count: builtins.int
        state: builtins.str
        peer_stories: Sequence[TypePeerStories]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
        stealth_mode: TypeStoriesStealthMode
    class AllStoriesNotModified(_Object):
        state: builtins.str
        stealth_mode: TypeStoriesStealthMode
    class ApplyBoost(_Object):
        peer: TypeInputPeer
    class BoostersList(_Object):
        count: builtins.int
        boosters: Sequence[TypeBooster]
        next_offset: builtins.str | None = None
        users: Sequence[TypeUser]
    class BoostsStatus(_Object):
        my_boost: builtins.bool = False
        level: builtins.int
        current_level_boosts: builtins.int
        boosts: builtins.int
        next_level_boosts: builtins.int | None = None
        premium_audience: TypeStatsPercentValue | None = None
    class CanApplyBoost(_Object):
        peer: TypeInputPeer
    class CanApplyBoostOk(_Object): ...
    class CanApplyBoostReplace(_Object):
        current_boost: TypePeer
        chats: Sequence[TypeChat]
    class CanSendStory(_Object):
        peer: TypeInputPeer
    class CanSendStoryCount(_Object):
        count_remains: builtins.int
    class CreateAlbum(_Object):
        peer: TypeInputPeer
        title: builtins.str
        stories: Sequence[builtins.int]
    class DeleteAlbum(_Object):
        peer: TypeInputPeer
        album_id: builtins.int
    class DeleteStories(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
    class EditStory(_Object):
        peer: TypeInputPeer
        id: builtins.int
        media: TypeInputMedia | None = None
        media_areas: Sequence[TypeMediaArea] | None = None
        caption: builtins.str | None = None
        entities: Sequence[TypeMessageEntity] | None = None
        privacy_rules: Sequence[TypeInputPrivacyRule] | None = None
        music: TypeInputDocument | None = None
    class ExportStoryLink(_Object):
        peer: TypeInputPeer
        id: builtins.int
    class FoundStories(_Object):
        count: builtins.int
        stories: Sequence[TypeFoundStory]
        next_offset: builtins.str | None = None
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class GetAlbumStories(_Object):
        peer: TypeInputPeer
        album_id: builtins.int
        offset: builtins.int
        limit: builtins.int
    class GetAlbums(_Object):
        peer: TypeInputPeer
        hash: builtins.int
    class GetAllReadPeerStories(_Object): ...
    class GetAllReadUserStories(_Object): ...
    class GetAllStories(_Object):
        next: builtins.bool = False
        hidden: builtins.bool = False
        state: builtins.str | None = None
    class GetBoostersList(_Object):
        peer: TypeInputPeer
        offset: builtins.str
        limit: builtins.int
    class GetBoostsStatus(_Object):
        peer: TypeInputPeer
    class GetChatsToSend(_Object): ...
    class GetPeerMaxIDs(_Object):
        id: Sequence[TypeInputPeer]
    class GetPeerStories(_Object):
        peer: TypeInputPeer
    class GetPinnedStories(_Object):
        peer: TypeInputPeer
        offset_id: builtins.int
        limit: builtins.int
    class GetStoriesArchive(_Object):
        peer: TypeInputPeer
        offset_id: builtins.int
        limit: builtins.int
    class GetStoriesByID(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
    class GetStoriesViews(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
    class GetStoryReactionsList(_Object):
        forwards_first: builtins.bool = False
        peer: TypeInputPeer
        id: builtins.int
        reaction: TypeReaction | None = None
        offset: builtins.str | None = None
        limit: builtins.int
    class GetStoryViewsList(_Object):
        just_contacts: builtins.bool = False
        reactions_first: builtins.bool = False
        forwards_first: builtins.bool = False
        peer: TypeInputPeer
        q: builtins.str | None = None
        id: builtins.int
        offset: builtins.str
        limit: builtins.int
    class GetUserStories(_Object):
        user_id: TypeInputUser
    class IncrementStoryViews(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
    class PeerStories(_Object):
        stories: TypePeerStories
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ReadStories(_Object):
        peer: TypeInputPeer
        max_id: builtins.int
    class ReorderAlbums(_Object):
        peer: TypeInputPeer
        order: Sequence[builtins.int]
    class Report(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
        option: builtins.bytes
        message: builtins.str
    class SearchPosts(_Object):
        hashtag: builtins.str | None = None
        area: TypeMediaArea | None = None
        peer: TypeInputPeer | None = None
        offset: builtins.str
        limit: builtins.int
    class SendReaction(_Object):
        add_to_recent: builtins.bool = False
        peer: TypeInputPeer
        story_id: builtins.int
        reaction: TypeReaction
    class SendStory(_Object):
        pinned: builtins.bool = False
        noforwards: builtins.bool = False
        fwd_modified: builtins.bool = False
        peer: TypeInputPeer
        media: TypeInputMedia
        media_areas: Sequence[TypeMediaArea] | None = None
        caption: builtins.str | None = None
        entities: Sequence[TypeMessageEntity] | None = None
        privacy_rules: Sequence[TypeInputPrivacyRule]
        random_id: builtins.int
        period: builtins.int | None = None
        fwd_from_id: TypeInputPeer | None = None
        fwd_from_story: builtins.int | None = None
        albums: Sequence[builtins.int] | None = None
        music: TypeInputDocument | None = None
    class StartLive(_Object):
        pinned: builtins.bool = False
        noforwards: builtins.bool = False
        rtmp_stream: builtins.bool = False
        peer: TypeInputPeer
        caption: builtins.str | None = None
        entities: Sequence[TypeMessageEntity] | None = None
        privacy_rules: Sequence[TypeInputPrivacyRule]
        random_id: builtins.int
        messages_enabled: builtins.bool | None = None
        send_paid_messages_stars: builtins.int | None = None
    class Stories(_Object):
        count: builtins.int
        stories: Sequence[TypeStoryItem]
        pinned_to_top: Sequence[builtins.int] | None = None
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class StoryReactionsList(_Object):
        count: builtins.int
        reactions: Sequence[TypeStoryReaction]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
        next_offset: builtins.str | None = None
    class StoryViews(_Object):
        views: Sequence[TypeStoryViews]
        users: Sequence[TypeUser]
    class StoryViewsList(_Object):
        count: builtins.int
        views_count: builtins.int
        forwards_count: builtins.int
        reactions_count: builtins.int
        views: Sequence[TypeStoryView]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
        next_offset: builtins.str | None = None
    class ToggleAllStoriesHidden(_Object):
        hidden: builtins.bool
    class TogglePeerStoriesHidden(_Object):
        peer: TypeInputPeer
        hidden: builtins.bool
    class TogglePinned(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
        pinned: builtins.bool
    class TogglePinnedToTop(_Object):
        peer: TypeInputPeer
        id: Sequence[builtins.int]
    class UpdateAlbum(_Object):
        peer: TypeInputPeer
        album_id: builtins.int
        title: builtins.str | None = None
        delete_stories: Sequence[builtins.int] | None = None
        add_stories: Sequence[builtins.int] | None = None
        order: Sequence[builtins.int] | None = None
    class UserStories(_Object):
        stories: TypeUserStories
        users: Sequence[TypeUser]
    TypeAlbums: TypeAlias = Albums | AlbumsNotModified
    TypeAllStories: TypeAlias = AllStories | AllStoriesNotModified
    TypeBoostersList: TypeAlias = BoostersList
    TypeBoostsStatus: TypeAlias = BoostsStatus
    TypeCanApplyBoostResult: TypeAlias = CanApplyBoostOk | CanApplyBoostReplace
    TypeCanSendStoryCount: TypeAlias = CanSendStoryCount
    TypeFoundStories: TypeAlias = FoundStories
    TypePeerStories: TypeAlias = PeerStories
    TypeStories: TypeAlias = Stories
    TypeStoryReactionsList: TypeAlias = StoryReactionsList
    TypeStoryViews: TypeAlias = StoryViews
    TypeStoryViewsList: TypeAlias = StoryViewsList
    TypeUserStories: TypeAlias = UserStories
class test:
    class ParseInputAppEvent(_Object): ...
    class UseConfigSimple(_Object): ...
    class UseError(_Object): ...
class updates:
    class ChannelDifference(_Object):
        final: builtins.bool = False
        pts: builtins.int
        timeout: builtins.int | None = None
        new_messages: Sequence[TypeMessage]
        other_updates: Sequence[TypeUpdate]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class ChannelDifferenceEmpty(_Object):
        final: builtins.bool = False
        pts: builtins.int
        timeout: builtins.int | None = None
    class ChannelDifferenceTooLong(_Object):
        final: builtins.bool = False
        timeout: builtins.int | None = None
        dialog: TypeDialog
        messages: Sequence[TypeMessage]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class Difference(_Object):
        new_messages: Sequence[TypeMessage]
        new_encrypted_messages: Sequence[TypeEncryptedMessage]
        other_updates: Sequence[TypeUpdate]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
        state: _updates_TypeState
    class DifferenceEmpty(_Object):
        date: builtins.int
        seq: builtins.int
    class DifferenceSlice(_Object):
        new_messages: Sequence[TypeMessage]
        new_encrypted_messages: Sequence[TypeEncryptedMessage]
        other_updates: Sequence[TypeUpdate]
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
        intermediate_state: _updates_TypeState
    class DifferenceTooLong(_Object):
        pts: builtins.int
    class GetChannelDifference(_Object):
        force: builtins.bool = False
        channel: TypeInputChannel
        filter: TypeChannelMessagesFilter
        pts: builtins.int
        limit: builtins.int
    class GetDifference(_Object):
        pts: builtins.int
        pts_limit: builtins.int | None = None
        pts_total_limit: builtins.int | None = None
        date: builtins.int
        qts: builtins.int
        qts_limit: builtins.int | None = None
    class GetState(_Object): ...
    class State(_Object):
        pts: builtins.int
        qts: builtins.int
        date: builtins.int
        seq: builtins.int
        unread_count: builtins.int
    TypeChannelDifference: TypeAlias = ChannelDifference | ChannelDifferenceEmpty | ChannelDifferenceTooLong
    TypeDifference: TypeAlias = Difference | DifferenceEmpty | DifferenceSlice | DifferenceTooLong
    TypeState: TypeAlias = State
class upload:
    class CdnFile(_Object):
        bytes: builtins.bytes
    class CdnFileReuploadNeeded(_Object):
        request_token: builtins.bytes
    class File(_Object):
        type: _storage_TypeFileType
        mtime: builtins.int
        bytes: builtins.bytes
    class FileCdnRedirect(_Object):
        dc_id: builtins.int
        file_token: builtins.bytes
        encryption_key: builtins.bytes
        encryption_iv: builtins.bytes
        file_hashes: Sequence[TypeFileHash]
    class GetCdnFile(_Object):
        file_token: builtins.bytes
        offset: builtins.int
        limit: builtins.int
    class GetCdnFileHashes(_Object):
        file_token: builtins.bytes
        offset: builtins.int
    class GetFile(_Object):
        precise: builtins.bool = False
        cdn_supported: builtins.bool = False
        location: TypeInputFileLocation
        offset: builtins.int
        limit: builtins.int
    class GetFileHashes(_Object):
        location: TypeInputFileLocation
        offset: builtins.int
    class GetWebFile(_Object):
        location: TypeInputWebFileLocation
        offset: builtins.int
        limit: builtins.int
    class ReuploadCdnFile(_Object):
        file_token: builtins.bytes
        request_token: builtins.bytes
    class SaveBigFilePart(_Object):
        file_id: builtins.int
        file_part: builtins.int
        file_total_parts: builtins.int
        bytes: builtins.bytes
    class SaveFilePart(_Object):
        file_id: builtins.int
        file_part: builtins.int
        bytes: builtins.bytes
    class WebFile(_Object):
        size: builtins.int
        mime_type: builtins.str
        file_type: _storage_TypeFileType
        mtime: builtins.int
        bytes: builtins.bytes
    TypeCdnFile: TypeAlias = CdnFile | CdnFileReuploadNeeded
    TypeFile: TypeAlias = File | FileCdnRedirect
    TypeWebFile: TypeAlias = WebFile
class users:
    class GetFullUser(_Object):
        id: TypeInputUser
    class GetIsPremiumRequiredToContact(_Object):
        id: Sequence[TypeInputUser]
    class GetRequirementsToContact(_Object):
        id: Sequence[TypeInputUser]
    class GetSavedMusic(_Object):
        id: TypeInputUser
        offset: builtins.int
        limit: builtins.int
        hash: builtins.int
    class GetSavedMusicByID(_Object):
        id: TypeInputUser
        documents: Sequence[TypeInputDocument]
    class GetStoriesMaxIDs(_Object):
        id: Sequence[TypeInputUser]
    class GetUsers(_Object):
        id: Sequence[TypeInputUser]
    class SavedMusic(_Object):
        count: builtins.int
        documents: Sequence[TypeDocument]
    class SavedMusicNotModified(_Object):
        count: builtins.int
    class SetSecureValueErrors(_Object):
        id: TypeInputUser
        errors: Sequence[TypeSecureValueError]
    class SuggestBirthday(_Object):
        id: TypeInputUser
        birthday: TypeBirthday
    class UserFull(_Object):
        full_user: TypeUserFull
        chats: Sequence[TypeChat]
        users: Sequence[TypeUser]
    class Users(_Object):
        users: Sequence[TypeUser]
    class UsersSlice(_Object):
        count: builtins.int
        users: Sequence[TypeUser]
    TypeSavedMusic: TypeAlias = SavedMusic | SavedMusicNotModified
    TypeUserFull: TypeAlias = UserFull
    TypeUsers: TypeAlias = Users | UsersSlice
class wallet:
    class GetState(_Object): ...
_account_TypeAuthorizationForm: TypeAlias = account.AuthorizationForm
_account_TypeAuthorizations: TypeAlias = account.Authorizations
_account_TypeAutoDownloadSettings: TypeAlias = account.AutoDownloadSettings
_account_TypeAutoSaveSettings: TypeAlias = account.AutoSaveSettings
_account_TypeBusinessChatLinks: TypeAlias = account.BusinessChatLinks
_account_TypeChatThemes: TypeAlias = account.ChatThemes | account.ChatThemesNotModified
_account_TypeConnectedBots: TypeAlias = account.ConnectedBots
_account_TypeContentSettings: TypeAlias = account.ContentSettings
_account_TypeEmailVerified: TypeAlias = account.EmailVerified | account.EmailVerifiedLogin
_account_TypeEmojiStatuses: TypeAlias = account.EmojiStatuses | account.EmojiStatusesNotModified
_account_TypePaidMessagesRevenue: TypeAlias = account.PaidMessagesRevenue
_account_TypePasskeyRegistrationOptions: TypeAlias = account.PasskeyRegistrationOptions
_account_TypePasskeys: TypeAlias = account.Passkeys
_account_TypePassword: TypeAlias = account.Password
_account_TypePasswordInputSettings: TypeAlias = account.PasswordInputSettings
_account_TypePasswordSettings: TypeAlias = account.PasswordSettings
_account_TypePrivacyRules: TypeAlias = account.PrivacyRules
_account_TypeResetPasswordResult: TypeAlias = account.ResetPasswordFailedWait | account.ResetPasswordOk | account.ResetPasswordRequestedWait
_account_TypeResolvedBusinessChatLinks: TypeAlias = account.ResolvedBusinessChatLinks
_account_TypeSavedMusicIds: TypeAlias = account.SavedMusicIds | account.SavedMusicIdsNotModified
_account_TypeSavedRingtone: TypeAlias = account.SavedRingtone | account.SavedRingtoneConverted
_account_TypeSavedRingtones: TypeAlias = account.SavedRingtones | account.SavedRingtonesNotModified
_account_TypeSentEmailCode: TypeAlias = account.SentEmailCode
_account_TypeTakeout: TypeAlias = account.Takeout
_account_TypeThemes: TypeAlias = account.Themes | account.ThemesNotModified
_account_TypeTmpPassword: TypeAlias = account.TmpPassword
_account_TypeWallPapers: TypeAlias = account.WallPapers | account.WallPapersNotModified
_account_TypeWebAuthorizations: TypeAlias = account.WebAuthorizations
_account_TypeWebBrowserSettings: TypeAlias = account.WebBrowserSettings | account.WebBrowserSettingsNotModified
_aicompose_TypeTones: TypeAlias = aicompose.Tones | aicompose.TonesNotModified
_auth_TypeAuthorization: TypeAlias = auth.Authorization | auth.AuthorizationSignUpRequired
_auth_TypeCodeType: TypeAlias = auth.CodeTypeCall | auth.CodeTypeFlashCall | auth.CodeTypeFragmentSms | auth.CodeTypeMissedCall | auth.CodeTypeSms
_auth_TypeExportedAuthorization: TypeAlias = auth.ExportedAuthorization
_auth_TypeFirebasePnvIntent: TypeAlias = auth.FirebasePnvIntent
_auth_TypeLoggedOut: TypeAlias = auth.LoggedOut
_auth_TypeLoginToken: TypeAlias = auth.LoginToken | auth.LoginTokenMigrateTo | auth.LoginTokenSuccess
_auth_TypePasskeyLoginOptions: TypeAlias = auth.PasskeyLoginOptions
_auth_TypePasswordRecovery: TypeAlias = auth.PasswordRecovery
_auth_TypeSentCode: TypeAlias = auth.SentCode | auth.SentCodePaymentRequired | auth.SentCodeSuccess
_auth_TypeSentCodeType: TypeAlias = auth.SentCodeTypeApp | auth.SentCodeTypeCall | auth.SentCodeTypeEmailCode | auth.SentCodeTypeFirebaseSms | auth.SentCodeTypeFlashCall | auth.SentCodeTypeFragmentSms | auth.SentCodeTypeMissedCall | auth.SentCodeTypeSetUpEmailRequired | auth.SentCodeTypeSms | auth.SentCodeTypeSmsPhrase | auth.SentCodeTypeSmsWord
_bots_TypeAccessSettings: TypeAlias = bots.AccessSettings
_bots_TypeBotInfo: TypeAlias = bots.BotInfo
_bots_TypeExportedBotToken: TypeAlias = bots.ExportedBotToken
_bots_TypePopularAppBots: TypeAlias = bots.PopularAppBots
_bots_TypePreviewInfo: TypeAlias = bots.PreviewInfo
_bots_TypeRequestedButton: TypeAlias = bots.RequestedButton
_channels_TypeAdminLogResults: TypeAlias = channels.AdminLogResults
_channels_TypeChannelParticipant: TypeAlias = channels.ChannelParticipant
_channels_TypeChannelParticipants: TypeAlias = channels.ChannelParticipants | channels.ChannelParticipantsNotModified
_channels_TypeSendAsPeers: TypeAlias = channels.SendAsPeers
_channels_TypeSponsoredMessageReportResult: TypeAlias = channels.SponsoredMessageReportResultAdsHidden | channels.SponsoredMessageReportResultChooseOption | channels.SponsoredMessageReportResultReported
_chatlists_TypeChatlistInvite: TypeAlias = chatlists.ChatlistInvite | chatlists.ChatlistInviteAlready
_chatlists_TypeChatlistUpdates: TypeAlias = chatlists.ChatlistUpdates
_chatlists_TypeExportedChatlistInvite: TypeAlias = chatlists.ExportedChatlistInvite
_chatlists_TypeExportedInvites: TypeAlias = chatlists.ExportedInvites
_communities_TypeParticipantJoinedChats: TypeAlias = communities.ParticipantJoinedChats
_communities_TypePeerLinkRequests: TypeAlias = communities.PeerLinkRequests
_contacts_TypeBlocked: TypeAlias = contacts.Blocked | contacts.BlockedSlice
_contacts_TypeContactBirthdays: TypeAlias = contacts.ContactBirthdays
_contacts_TypeContacts: TypeAlias = contacts.Contacts | contacts.ContactsNotModified
_contacts_TypeFound: TypeAlias = contacts.Found
_contacts_TypeImportedContacts: TypeAlias = contacts.ImportedContacts
_contacts_TypeResolvedPeer: TypeAlias = contacts.ResolvedPeer
_contacts_TypeSponsoredPeers: TypeAlias = contacts.SponsoredPeers | contacts.SponsoredPeersEmpty
_contacts_TypeTopPeers: TypeAlias = contacts.TopPeers | contacts.TopPeersDisabled | contacts.TopPeersNotModified
_ephemeral_TypeWelcomeMessages: TypeAlias = ephemeral.WelcomeMessages | ephemeral.WelcomeMessagesNotModified
_fragment_TypeCollectibleInfo: TypeAlias = fragment.CollectibleInfo
_help_TypeAppConfig: TypeAlias = help.AppConfig | help.AppConfigNotModified
_help_TypeAppUpdate: TypeAlias = help.AppUpdate | help.NoAppUpdate
_help_TypeConfigSimple: TypeAlias = help.ConfigSimple
_help_TypeCountriesList: TypeAlias = help.CountriesList | help.CountriesListNotModified
_help_TypeCountry: TypeAlias = help.Country
_help_TypeCountryCode: TypeAlias = help.CountryCode
_help_TypeDeepLinkInfo: TypeAlias = help.DeepLinkInfo | help.DeepLinkInfoEmpty
_help_TypeInviteText: TypeAlias = help.InviteText
_help_TypePassportConfig: TypeAlias = help.PassportConfig | help.PassportConfigNotModified
_help_TypePeerColorOption: TypeAlias = help.PeerColorOption
_help_TypePeerColorSet: TypeAlias = help.PeerColorProfileSet | help.PeerColorSet
_help_TypePeerColors: TypeAlias = help.PeerColors | help.PeerColorsNotModified
_help_TypePremiumPromo: TypeAlias = help.PremiumPromo
_help_TypePromoData: TypeAlias = help.PromoData | help.PromoDataEmpty
_help_TypeRecentMeUrls: TypeAlias = help.RecentMeUrls
_help_TypeSupport: TypeAlias = help.Support
_help_TypeSupportName: TypeAlias = help.SupportName
_help_TypeTermsOfService: TypeAlias = help.TermsOfService
_help_TypeTermsOfServiceUpdate: TypeAlias = help.TermsOfServiceUpdate | help.TermsOfServiceUpdateEmpty
_help_TypeTimezonesList: TypeAlias = help.TimezonesList | help.TimezonesListNotModified
_help_TypeUserInfo: TypeAlias = help.UserInfo | help.UserInfoEmpty
_messages_TypeAffectedFoundMessages: TypeAlias = messages.AffectedFoundMessages
_messages_TypeAffectedHistory: TypeAlias = messages.AffectedHistory
_messages_TypeAffectedMessages: TypeAlias = messages.AffectedMessages
_messages_TypeAllStickers: TypeAlias = messages.AllStickers | messages.AllStickersNotModified
_messages_TypeArchivedStickers: TypeAlias = messages.ArchivedStickers
_messages_TypeAvailableEffects: TypeAlias = messages.AvailableEffects | messages.AvailableEffectsNotModified
_messages_TypeAvailableReactions: TypeAlias = messages.AvailableReactions | messages.AvailableReactionsNotModified
_messages_TypeBotApp: TypeAlias = messages.BotApp
_messages_TypeBotCallbackAnswer: TypeAlias = messages.BotCallbackAnswer
_messages_TypeBotPreparedInlineMessage: TypeAlias = messages.BotPreparedInlineMessage
_messages_TypeBotResults: TypeAlias = messages.BotResults
_messages_TypeChatAdminsWithInvites: TypeAlias = messages.ChatAdminsWithInvites
_messages_TypeChatFull: TypeAlias = messages.ChatFull
_messages_TypeChatInviteImporters: TypeAlias = messages.ChatInviteImporters
_messages_TypeChatInviteJoinResult: TypeAlias = messages.ChatInviteJoinResultOk | messages.ChatInviteJoinResultWebView
_messages_TypeChats: TypeAlias = messages.Chats | messages.ChatsSlice
_messages_TypeCheckedHistoryImportPeer: TypeAlias = messages.CheckedHistoryImportPeer
_messages_TypeComposedMessageWithAI: TypeAlias = messages.ComposedMessageWithAI
_messages_TypeComposedRichMessageWithAI: TypeAlias = messages.ComposedRichMessageWithAI
_messages_TypeDhConfig: TypeAlias = messages.DhConfig | messages.DhConfigNotModified
_messages_TypeDialogFilters: TypeAlias = messages.DialogFilters
_messages_TypeDialogs: TypeAlias = messages.Dialogs | messages.DialogsNotModified | messages.DialogsSlice
_messages_TypeDiscussionMessage: TypeAlias = messages.DiscussionMessage
_messages_TypeEmojiGameInfo: TypeAlias = messages.EmojiGameDiceInfo | messages.EmojiGameUnavailable
_messages_TypeEmojiGameOutcome: TypeAlias = messages.EmojiGameOutcome
_messages_TypeEmojiGroups: TypeAlias = messages.EmojiGroups | messages.EmojiGroupsNotModified
_messages_TypeExportedChatInvite: TypeAlias = messages.ExportedChatInvite | messages.ExportedChatInviteReplaced
_messages_TypeExportedChatInvites: TypeAlias = messages.ExportedChatInvites
_messages_TypeFavedStickers: TypeAlias = messages.FavedStickers | messages.FavedStickersNotModified
_messages_TypeFeaturedStickers: TypeAlias = messages.FeaturedStickers | messages.FeaturedStickersNotModified
_messages_TypeForumTopics: TypeAlias = messages.ForumTopics
_messages_TypeFoundStickerSets: TypeAlias = messages.FoundStickerSets | messages.FoundStickerSetsNotModified
_messages_TypeFoundStickers: TypeAlias = messages.FoundStickers | messages.FoundStickersNotModified
_messages_TypeHighScores: TypeAlias = messages.HighScores
_messages_TypeHistoryImport: TypeAlias = messages.HistoryImport
_messages_TypeHistoryImportParsed: TypeAlias = messages.HistoryImportParsed
_messages_TypeInactiveChats: TypeAlias = messages.InactiveChats
_messages_TypeInvitedUsers: TypeAlias = messages.InvitedUsers
_messages_TypeMessageEditData: TypeAlias = messages.MessageEditData
_messages_TypeMessageReactionsList: TypeAlias = messages.MessageReactionsList
_messages_TypeMessageViews: TypeAlias = messages.MessageViews
_messages_TypeMessages: TypeAlias = messages.ChannelMessages | messages.Messages | messages.MessagesNotModified | messages.MessagesSlice
_messages_TypeMyStickers: TypeAlias = messages.MyStickers
_messages_TypePeerDialogs: TypeAlias = messages.PeerDialogs
_messages_TypePeerSettings: TypeAlias = messages.PeerSettings
_messages_TypePreparedInlineMessage: TypeAlias = messages.PreparedInlineMessage
_messages_TypeQuickReplies: TypeAlias = messages.QuickReplies | messages.QuickRepliesNotModified
_messages_TypeReactions: TypeAlias = messages.Reactions | messages.ReactionsNotModified
_messages_TypeRecentStickers: TypeAlias = messages.RecentStickers | messages.RecentStickersNotModified
_messages_TypeSavedDialogs: TypeAlias = messages.SavedDialogs | messages.SavedDialogsNotModified | messages.SavedDialogsSlice
_messages_TypeSavedGifs: TypeAlias = messages.SavedGifs | messages.SavedGifsNotModified
_messages_TypeSavedReactionTags: TypeAlias = messages.SavedReactionTags | messages.SavedReactionTagsNotModified
_messages_TypeSearchCounter: TypeAlias = messages.SearchCounter
_messages_TypeSearchResultsCalendar: TypeAlias = messages.SearchResultsCalendar
_messages_TypeSearchResultsPositions: TypeAlias = messages.SearchResultsPositions
_messages_TypeSentEncryptedMessage: TypeAlias = messages.SentEncryptedFile | messages.SentEncryptedMessage
_messages_TypeSponsoredMessages: TypeAlias = messages.SponsoredMessages | messages.SponsoredMessagesEmpty
_messages_TypeStickerSet: TypeAlias = messages.StickerSet | messages.StickerSetNotModified
_messages_TypeStickerSetInstallResult: TypeAlias = messages.StickerSetInstallResultArchive | messages.StickerSetInstallResultSuccess
_messages_TypeStickers: TypeAlias = messages.Stickers | messages.StickersNotModified
_messages_TypeTranscribedAudio: TypeAlias = messages.TranscribedAudio
_messages_TypeTranslatedRichMessage: TypeAlias = messages.TranslatedRichMessage
_messages_TypeTranslatedText: TypeAlias = messages.TranslateResult
_messages_TypeVotesList: TypeAlias = messages.VotesList
_messages_TypeWebPage: TypeAlias = messages.WebPage
_messages_TypeWebPagePreview: TypeAlias = messages.WebPagePreview
_payments_TypeBankCardData: TypeAlias = payments.BankCardData
_payments_TypeCheckCanSendGiftResult: TypeAlias = payments.CheckCanSendGiftResultFail | payments.CheckCanSendGiftResultOk
_payments_TypeCheckedGiftCode: TypeAlias = payments.CheckedGiftCode
_payments_TypeConnectedStarRefBots: TypeAlias = payments.ConnectedStarRefBots
_payments_TypeExportedInvoice: TypeAlias = payments.ExportedInvoice
_payments_TypeGiveawayInfo: TypeAlias = payments.GiveawayInfo | payments.GiveawayInfoResults
_payments_TypePaymentForm: TypeAlias = payments.PaymentForm | payments.PaymentFormStarGift | payments.PaymentFormStars
_payments_TypePaymentReceipt: TypeAlias = payments.PaymentReceipt | payments.PaymentReceiptStars
_payments_TypePaymentResult: TypeAlias = payments.PaymentResult | payments.PaymentVerificationNeeded
_payments_TypeResaleStarGifts: TypeAlias = payments.ResaleStarGifts
_payments_TypeSavedInfo: TypeAlias = payments.SavedInfo
_payments_TypeSavedStarGifts: TypeAlias = payments.SavedStarGifts
_payments_TypeStarGiftActiveAuctions: TypeAlias = payments.StarGiftActiveAuctions | payments.StarGiftActiveAuctionsNotModified
_payments_TypeStarGiftAuctionAcquiredGifts: TypeAlias = payments.StarGiftAuctionAcquiredGifts
_payments_TypeStarGiftAuctionState: TypeAlias = payments.StarGiftAuctionState
_payments_TypeStarGiftCollections: TypeAlias = payments.StarGiftCollections | payments.StarGiftCollectionsNotModified
_payments_TypeStarGiftUpgradeAttributes: TypeAlias = payments.StarGiftUpgradeAttributes
_payments_TypeStarGiftUpgradePreview: TypeAlias = payments.StarGiftUpgradePreview
_payments_TypeStarGiftWithdrawalUrl: TypeAlias = payments.StarGiftWithdrawalUrl
_payments_TypeStarGifts: TypeAlias = payments.StarGifts | payments.StarGiftsNotModified
_payments_TypeStarsRevenueAdsAccountUrl: TypeAlias = payments.StarsRevenueAdsAccountUrl
_payments_TypeStarsRevenueStats: TypeAlias = payments.StarsRevenueStats
_payments_TypeStarsRevenueWithdrawalUrl: TypeAlias = payments.StarsRevenueWithdrawalUrl
_payments_TypeStarsStatus: TypeAlias = payments.StarsStatus
_payments_TypeSuggestedStarRefBots: TypeAlias = payments.SuggestedStarRefBots
_payments_TypeUniqueStarGift: TypeAlias = payments.UniqueStarGift
_payments_TypeUniqueStarGiftValueInfo: TypeAlias = payments.UniqueStarGiftValueInfo
_payments_TypeUserStarGifts: TypeAlias = payments.UserStarGifts
_payments_TypeValidatedRequestedInfo: TypeAlias = payments.ValidatedRequestedInfo
_petitbleu_TypeAlt: TypeAlias = petitbleu.Alt
_petitbleu_TypeAuthor: TypeAlias = petitbleu.Author
_petitbleu_TypeCase: TypeAlias = petitbleu.Case
_petitbleu_TypeCases: TypeAlias = petitbleu.Cases
_petitbleu_TypeCorrection: TypeAlias = petitbleu.Correction
_petitbleu_TypeCorrections: TypeAlias = petitbleu.Corrections
_petitbleu_TypeDomain: TypeAlias = petitbleu.Domain
_petitbleu_TypeExport: TypeAlias = petitbleu.Export | petitbleu.ExportEmpty
_petitbleu_TypeIdentity: TypeAlias = petitbleu.Identity
_petitbleu_TypePage: TypeAlias = petitbleu.Page
_petitbleu_TypePageSwitch: TypeAlias = petitbleu.PageSwitch
_petitbleu_TypeReceipt: TypeAlias = petitbleu.Receipt
_petitbleu_TypeSentCode: TypeAlias = petitbleu.SentCode
_petitbleu_TypeVisits: TypeAlias = petitbleu.Visits
_petitbleu_TypeWaiting: TypeAlias = petitbleu.Waiting
_petitbleu_TypeWaitingPost: TypeAlias = petitbleu.WaitingPost
_phone_TypeExportedGroupCallInvite: TypeAlias = phone.ExportedGroupCallInvite
_phone_TypeGroupCall: TypeAlias = phone.GroupCall
_phone_TypeGroupCallStars: TypeAlias = phone.GroupCallStars
_phone_TypeGroupCallStreamChannels: TypeAlias = phone.GroupCallStreamChannels
_phone_TypeGroupCallStreamRtmpUrl: TypeAlias = phone.GroupCallStreamRtmpUrl
_phone_TypeGroupParticipants: TypeAlias = phone.GroupParticipants
_phone_TypeJoinAsPeers: TypeAlias = phone.JoinAsPeers
_phone_TypePhoneCall: TypeAlias = phone.PhoneCall
_photos_TypePhoto: TypeAlias = photos.Photo
_photos_TypePhotos: TypeAlias = photos.Photos | photos.PhotosSlice
_premium_TypeBoostsList: TypeAlias = premium.BoostsList
_premium_TypeBoostsStatus: TypeAlias = premium.BoostsStatus
_premium_TypeMyBoosts: TypeAlias = premium.MyBoosts
_smsjobs_TypeEligibilityToJoin: TypeAlias = smsjobs.EligibleToJoin
_smsjobs_TypeStatus: TypeAlias = smsjobs.Status
_stats_TypeBroadcastRevenueStats: TypeAlias = stats.BroadcastRevenueStats
_stats_TypeBroadcastRevenueTransactions: TypeAlias = stats.BroadcastRevenueTransactions
_stats_TypeBroadcastRevenueWithdrawalUrl: TypeAlias = stats.BroadcastRevenueWithdrawalUrl
_stats_TypeBroadcastStats: TypeAlias = stats.BroadcastStats
_stats_TypeMegagroupStats: TypeAlias = stats.MegagroupStats
_stats_TypeMessageStats: TypeAlias = stats.MessageStats
_stats_TypePollStats: TypeAlias = stats.PollStats
_stats_TypePublicForwards: TypeAlias = stats.PublicForwards
_stats_TypeStoryStats: TypeAlias = stats.StoryStats
_stickers_TypeSuggestedShortName: TypeAlias = stickers.SuggestedShortName
_storage_TypeFileType: TypeAlias = storage.FileGif | storage.FileJpeg | storage.FileMov | storage.FileMp3 | storage.FileMp4 | storage.FilePartial | storage.FilePdf | storage.FilePng | storage.FileUnknown | storage.FileWebp
_stories_TypeAlbums: TypeAlias = stories.Albums | stories.AlbumsNotModified
_stories_TypeAllStories: TypeAlias = stories.AllStories | stories.AllStoriesNotModified
_stories_TypeBoostersList: TypeAlias = stories.BoostersList
_stories_TypeBoostsStatus: TypeAlias = stories.BoostsStatus
_stories_TypeCanApplyBoostResult: TypeAlias = stories.CanApplyBoostOk | stories.CanApplyBoostReplace
_stories_TypeCanSendStoryCount: TypeAlias = stories.CanSendStoryCount
_stories_TypeFoundStories: TypeAlias = stories.FoundStories
_stories_TypePeerStories: TypeAlias = stories.PeerStories
_stories_TypeStories: TypeAlias = stories.Stories
_stories_TypeStoryReactionsList: TypeAlias = stories.StoryReactionsList
_stories_TypeStoryViews: TypeAlias = stories.StoryViews
_stories_TypeStoryViewsList: TypeAlias = stories.StoryViewsList
_stories_TypeUserStories: TypeAlias = stories.UserStories
_updates_TypeChannelDifference: TypeAlias = updates.ChannelDifference | updates.ChannelDifferenceEmpty | updates.ChannelDifferenceTooLong
_updates_TypeDifference: TypeAlias = updates.Difference | updates.DifferenceEmpty | updates.DifferenceSlice | updates.DifferenceTooLong
_updates_TypeState: TypeAlias = updates.State
_upload_TypeCdnFile: TypeAlias = upload.CdnFile | upload.CdnFileReuploadNeeded
_upload_TypeFile: TypeAlias = upload.File | upload.FileCdnRedirect
_upload_TypeWebFile: TypeAlias = upload.WebFile
_users_TypeSavedMusic: TypeAlias = users.SavedMusic | users.SavedMusicNotModified
_users_TypeUserFull: TypeAlias = users.UserFull
_users_TypeUsers: TypeAlias = users.Users | users.UsersSlice
