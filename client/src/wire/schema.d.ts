// Generated from the schema by `petitbleu dev schema typescript --write`. Do not edit.
/** 64 bits in decimal digits: compared for equality only. */
export type Long = string;
/** Base64. */
export type Bytes = string;

export interface accountDaysTTL { _: "accountDaysTTL"; days: number }
export type AccountDaysTTL = accountDaysTTL;
export interface auctionBidLevel { _: "auctionBidLevel"; pos: number; amount: Long; date: number }
export type AuctionBidLevel = auctionBidLevel;
export interface authorization { _: "authorization"; current?: boolean; official_app?: boolean; password_pending?: boolean; encrypted_requests_disabled?: boolean; call_requests_disabled?: boolean; unconfirmed?: boolean; hash: Long; device_model: string; platform: string; system_version: string; api_id: number; app_name: string; app_version: string; date_created: number; date_active: number; ip: string; country: string; region: string }
export type Authorization = authorization;
export interface baseThemeArctic { _: "baseThemeArctic" }
export interface baseThemeClassic { _: "baseThemeClassic" }
export interface baseThemeDay { _: "baseThemeDay" }
export interface baseThemeNight { _: "baseThemeNight" }
export interface baseThemeTinted { _: "baseThemeTinted" }
export type BaseTheme = baseThemeArctic | baseThemeClassic | baseThemeDay | baseThemeNight | baseThemeTinted;
export interface birthday { _: "birthday"; day: number; month: number; year?: number }
export type Birthday = birthday;
export interface boost { _: "boost"; gift?: boolean; giveaway?: boolean; unclaimed?: boolean; id: string; user_id?: Long; giveaway_msg_id?: number; date: number; expires: number; used_gift_slug?: string; multiplier?: number; stars?: Long }
export type Boost = boost;
export interface botApp { _: "botApp"; id: Long; access_hash: Long; short_name: string; title: string; description: string; photo: Photo; document?: Document; hash: Long }
export interface botAppNotModified { _: "botAppNotModified" }
export type BotApp = botApp | botAppNotModified;
export interface botAppSettings { _: "botAppSettings"; placeholder_path?: Bytes; background_color?: number; background_dark_color?: number; header_color?: number; header_dark_color?: number }
export type BotAppSettings = botAppSettings;
export interface botBusinessConnection { _: "botBusinessConnection"; disabled?: boolean; connection_id: string; user_id: Long; dc_id: number; date: number; rights?: BusinessBotRights }
export type BotBusinessConnection = botBusinessConnection;
export interface botCommand { _: "botCommand"; ephemeral?: boolean; command: string; description: string }
export type BotCommand = botCommand;
export interface botInfo { _: "botInfo"; has_preview_medias?: boolean; user_id?: Long; description?: string; description_photo?: Photo; description_document?: Document; commands?: BotCommand[]; menu_button?: BotMenuButton; privacy_policy_url?: string; app_settings?: BotAppSettings; verifier_settings?: BotVerifierSettings }
export type BotInfo = botInfo;
export interface botMenuButton { _: "botMenuButton"; text: string; url: string }
export interface botMenuButtonCommands { _: "botMenuButtonCommands" }
export interface botMenuButtonDefault { _: "botMenuButtonDefault" }
export type BotMenuButton = botMenuButton | botMenuButtonCommands | botMenuButtonDefault;
export interface botVerification { _: "botVerification"; bot_id: Long; icon: Long; description: string }
export type BotVerification = botVerification;
export interface botVerifierSettings { _: "botVerifierSettings"; can_modify_custom_description?: boolean; icon: Long; company: string; custom_description?: string }
export type BotVerifierSettings = botVerifierSettings;
export interface businessAwayMessage { _: "businessAwayMessage"; offline_only?: boolean; shortcut_id: number; schedule: BusinessAwayMessageSchedule; recipients: BusinessRecipients }
export type BusinessAwayMessage = businessAwayMessage;
export interface businessAwayMessageScheduleAlways { _: "businessAwayMessageScheduleAlways" }
export interface businessAwayMessageScheduleCustom { _: "businessAwayMessageScheduleCustom"; start_date: number; end_date: number }
export interface businessAwayMessageScheduleOutsideWorkHours { _: "businessAwayMessageScheduleOutsideWorkHours" }
export type BusinessAwayMessageSchedule = businessAwayMessageScheduleAlways | businessAwayMessageScheduleCustom | businessAwayMessageScheduleOutsideWorkHours;
export interface businessBotRights { _: "businessBotRights"; reply?: boolean; read_messages?: boolean; delete_sent_messages?: boolean; delete_received_messages?: boolean; edit_name?: boolean; edit_bio?: boolean; edit_profile_photo?: boolean; edit_username?: boolean; view_gifts?: boolean; sell_gifts?: boolean; change_gift_settings?: boolean; transfer_and_upgrade_gifts?: boolean; transfer_stars?: boolean; manage_stories?: boolean }
export type BusinessBotRights = businessBotRights;
export interface businessGreetingMessage { _: "businessGreetingMessage"; shortcut_id: number; recipients: BusinessRecipients; no_activity_days: number }
export type BusinessGreetingMessage = businessGreetingMessage;
export interface businessIntro { _: "businessIntro"; title: string; description: string; sticker?: Document }
export type BusinessIntro = businessIntro;
export interface businessLocation { _: "businessLocation"; geo_point?: GeoPoint; address: string }
export type BusinessLocation = businessLocation;
export interface businessRecipients { _: "businessRecipients"; existing_chats?: boolean; new_chats?: boolean; contacts?: boolean; non_contacts?: boolean; exclude_selected?: boolean; users?: Long[] }
export type BusinessRecipients = businessRecipients;
export interface businessWeeklyOpen { _: "businessWeeklyOpen"; start_minute: number; end_minute: number }
export type BusinessWeeklyOpen = businessWeeklyOpen;
export interface businessWorkHours { _: "businessWorkHours"; open_now?: boolean; timezone_id: string; weekly_open: BusinessWeeklyOpen[] }
export type BusinessWorkHours = businessWorkHours;
export interface buttonTypeDefault { _: "buttonTypeDefault" }
export interface buttonTypeRequestGeoLocation { _: "buttonTypeRequestGeoLocation" }
export interface buttonTypeRequestPeer { _: "buttonTypeRequestPeer"; button_id: number; peer_type: RequestPeerType; max_quantity: number }
export interface buttonTypeRequestPhone { _: "buttonTypeRequestPhone" }
export interface buttonTypeRequestPoll { _: "buttonTypeRequestPoll"; quiz?: boolean }
export interface buttonTypeSimpleWebView { _: "buttonTypeSimpleWebView"; url: string }
export interface inputButtonTypeRequestPeer { _: "inputButtonTypeRequestPeer"; name_requested?: boolean; username_requested?: boolean; photo_requested?: boolean; button_id: number; peer_type: RequestPeerType; max_quantity: number }
export type ButtonType = buttonTypeDefault | buttonTypeRequestGeoLocation | buttonTypeRequestPeer | buttonTypeRequestPhone | buttonTypeRequestPoll | buttonTypeSimpleWebView | inputButtonTypeRequestPeer;
export interface channelAdminLogEvent { _: "channelAdminLogEvent"; id: Long; date: number; user_id: Long; action: ChannelAdminLogEventAction }
export type ChannelAdminLogEvent = channelAdminLogEvent;
export interface channelAdminLogEventActionChangeAbout { _: "channelAdminLogEventActionChangeAbout"; prev_value: string; new_value: string }
export interface channelAdminLogEventActionChangeAvailableReactions { _: "channelAdminLogEventActionChangeAvailableReactions"; prev_value: ChatReactions; new_value: ChatReactions }
export interface channelAdminLogEventActionChangeEmojiStatus { _: "channelAdminLogEventActionChangeEmojiStatus"; prev_value: EmojiStatus; new_value: EmojiStatus }
export interface channelAdminLogEventActionChangeEmojiStickerSet { _: "channelAdminLogEventActionChangeEmojiStickerSet"; prev_stickerset: InputStickerSet; new_stickerset: InputStickerSet }
export interface channelAdminLogEventActionChangeHistoryTTL { _: "channelAdminLogEventActionChangeHistoryTTL"; prev_value: number; new_value: number }
export interface channelAdminLogEventActionChangeLinkedChat { _: "channelAdminLogEventActionChangeLinkedChat"; prev_value: Long; new_value: Long }
export interface channelAdminLogEventActionChangeLocation { _: "channelAdminLogEventActionChangeLocation"; prev_value: ChannelLocation; new_value: ChannelLocation }
export interface channelAdminLogEventActionChangePeerColor { _: "channelAdminLogEventActionChangePeerColor"; prev_value: PeerColor; new_value: PeerColor }
export interface channelAdminLogEventActionChangePhoto { _: "channelAdminLogEventActionChangePhoto"; prev_photo: Photo; new_photo: Photo }
export interface channelAdminLogEventActionChangeProfilePeerColor { _: "channelAdminLogEventActionChangeProfilePeerColor"; prev_value: PeerColor; new_value: PeerColor }
export interface channelAdminLogEventActionChangeStickerSet { _: "channelAdminLogEventActionChangeStickerSet"; prev_stickerset: InputStickerSet; new_stickerset: InputStickerSet }
export interface channelAdminLogEventActionChangeTitle { _: "channelAdminLogEventActionChangeTitle"; prev_value: string; new_value: string }
export interface channelAdminLogEventActionChangeUsername { _: "channelAdminLogEventActionChangeUsername"; prev_value: string; new_value: string }
export interface channelAdminLogEventActionChangeUsernames { _: "channelAdminLogEventActionChangeUsernames"; prev_value: string[]; new_value: string[] }
export interface channelAdminLogEventActionChangeWallpaper { _: "channelAdminLogEventActionChangeWallpaper"; prev_value: WallPaper; new_value: WallPaper }
export interface channelAdminLogEventActionCreateTopic { _: "channelAdminLogEventActionCreateTopic"; topic: ForumTopic }
export interface channelAdminLogEventActionDefaultBannedRights { _: "channelAdminLogEventActionDefaultBannedRights"; prev_banned_rights: ChatBannedRights; new_banned_rights: ChatBannedRights }
export interface channelAdminLogEventActionDeleteMessage { _: "channelAdminLogEventActionDeleteMessage"; message: Message }
export interface channelAdminLogEventActionDeleteTopic { _: "channelAdminLogEventActionDeleteTopic"; topic: ForumTopic }
export interface channelAdminLogEventActionDiscardGroupCall { _: "channelAdminLogEventActionDiscardGroupCall"; call: InputGroupCall }
export interface channelAdminLogEventActionEditMessage { _: "channelAdminLogEventActionEditMessage"; prev_message: Message; new_message: Message }
export interface channelAdminLogEventActionEditTopic { _: "channelAdminLogEventActionEditTopic"; prev_topic: ForumTopic; new_topic: ForumTopic }
export interface channelAdminLogEventActionExportedInviteDelete { _: "channelAdminLogEventActionExportedInviteDelete"; invite: ExportedChatInvite }
export interface channelAdminLogEventActionExportedInviteEdit { _: "channelAdminLogEventActionExportedInviteEdit"; prev_invite: ExportedChatInvite; new_invite: ExportedChatInvite }
export interface channelAdminLogEventActionExportedInviteRevoke { _: "channelAdminLogEventActionExportedInviteRevoke"; invite: ExportedChatInvite }
export interface channelAdminLogEventActionParticipantEditRank { _: "channelAdminLogEventActionParticipantEditRank"; user_id: Long; prev_rank: string; new_rank: string }
export interface channelAdminLogEventActionParticipantInvite { _: "channelAdminLogEventActionParticipantInvite"; participant: ChannelParticipant }
export interface channelAdminLogEventActionParticipantJoin { _: "channelAdminLogEventActionParticipantJoin" }
export interface channelAdminLogEventActionParticipantJoinByInvite { _: "channelAdminLogEventActionParticipantJoinByInvite"; via_chatlist?: boolean; invite: ExportedChatInvite }
export interface channelAdminLogEventActionParticipantJoinByRequest { _: "channelAdminLogEventActionParticipantJoinByRequest"; invite: ExportedChatInvite; approved_by: Long }
export interface channelAdminLogEventActionParticipantLeave { _: "channelAdminLogEventActionParticipantLeave" }
export interface channelAdminLogEventActionParticipantMute { _: "channelAdminLogEventActionParticipantMute"; participant: GroupCallParticipant }
export interface channelAdminLogEventActionParticipantSubExtend { _: "channelAdminLogEventActionParticipantSubExtend"; prev_participant: ChannelParticipant; new_participant: ChannelParticipant }
export interface channelAdminLogEventActionParticipantToggleAdmin { _: "channelAdminLogEventActionParticipantToggleAdmin"; prev_participant: ChannelParticipant; new_participant: ChannelParticipant }
export interface channelAdminLogEventActionParticipantToggleBan { _: "channelAdminLogEventActionParticipantToggleBan"; prev_participant: ChannelParticipant; new_participant: ChannelParticipant }
export interface channelAdminLogEventActionParticipantUnmute { _: "channelAdminLogEventActionParticipantUnmute"; participant: GroupCallParticipant }
export interface channelAdminLogEventActionParticipantVolume { _: "channelAdminLogEventActionParticipantVolume"; participant: GroupCallParticipant }
export interface channelAdminLogEventActionPinTopic { _: "channelAdminLogEventActionPinTopic"; prev_topic?: ForumTopic; new_topic?: ForumTopic }
export interface channelAdminLogEventActionSendMessage { _: "channelAdminLogEventActionSendMessage"; message: Message }
export interface channelAdminLogEventActionStartGroupCall { _: "channelAdminLogEventActionStartGroupCall"; call: InputGroupCall }
export interface channelAdminLogEventActionStopPoll { _: "channelAdminLogEventActionStopPoll"; message: Message }
export interface channelAdminLogEventActionToggleAntiSpam { _: "channelAdminLogEventActionToggleAntiSpam"; new_value: boolean }
export interface channelAdminLogEventActionToggleAutotranslation { _: "channelAdminLogEventActionToggleAutotranslation"; new_value: boolean }
export interface channelAdminLogEventActionToggleForum { _: "channelAdminLogEventActionToggleForum"; new_value: boolean }
export interface channelAdminLogEventActionToggleGroupCallSetting { _: "channelAdminLogEventActionToggleGroupCallSetting"; join_muted: boolean }
export interface channelAdminLogEventActionToggleInvites { _: "channelAdminLogEventActionToggleInvites"; new_value: boolean }
export interface channelAdminLogEventActionToggleNoForwards { _: "channelAdminLogEventActionToggleNoForwards"; new_value: boolean }
export interface channelAdminLogEventActionTogglePreHistoryHidden { _: "channelAdminLogEventActionTogglePreHistoryHidden"; new_value: boolean }
export interface channelAdminLogEventActionToggleSignatureProfiles { _: "channelAdminLogEventActionToggleSignatureProfiles"; new_value: boolean }
export interface channelAdminLogEventActionToggleSignatures { _: "channelAdminLogEventActionToggleSignatures"; new_value: boolean }
export interface channelAdminLogEventActionToggleSlowMode { _: "channelAdminLogEventActionToggleSlowMode"; prev_value: number; new_value: number }
export interface channelAdminLogEventActionUpdatePinned { _: "channelAdminLogEventActionUpdatePinned"; message: Message }
export type ChannelAdminLogEventAction = channelAdminLogEventActionChangeAbout | channelAdminLogEventActionChangeAvailableReactions | channelAdminLogEventActionChangeEmojiStatus | channelAdminLogEventActionChangeEmojiStickerSet | channelAdminLogEventActionChangeHistoryTTL | channelAdminLogEventActionChangeLinkedChat | channelAdminLogEventActionChangeLocation | channelAdminLogEventActionChangePeerColor | channelAdminLogEventActionChangePhoto | channelAdminLogEventActionChangeProfilePeerColor | channelAdminLogEventActionChangeStickerSet | channelAdminLogEventActionChangeTitle | channelAdminLogEventActionChangeUsername | channelAdminLogEventActionChangeUsernames | channelAdminLogEventActionChangeWallpaper | channelAdminLogEventActionCreateTopic | channelAdminLogEventActionDefaultBannedRights | channelAdminLogEventActionDeleteMessage | channelAdminLogEventActionDeleteTopic | channelAdminLogEventActionDiscardGroupCall | channelAdminLogEventActionEditMessage | channelAdminLogEventActionEditTopic | channelAdminLogEventActionExportedInviteDelete | channelAdminLogEventActionExportedInviteEdit | channelAdminLogEventActionExportedInviteRevoke | channelAdminLogEventActionParticipantEditRank | channelAdminLogEventActionParticipantInvite | channelAdminLogEventActionParticipantJoin | channelAdminLogEventActionParticipantJoinByInvite | channelAdminLogEventActionParticipantJoinByRequest | channelAdminLogEventActionParticipantLeave | channelAdminLogEventActionParticipantMute | channelAdminLogEventActionParticipantSubExtend | channelAdminLogEventActionParticipantToggleAdmin | channelAdminLogEventActionParticipantToggleBan | channelAdminLogEventActionParticipantUnmute | channelAdminLogEventActionParticipantVolume | channelAdminLogEventActionPinTopic | channelAdminLogEventActionSendMessage | channelAdminLogEventActionStartGroupCall | channelAdminLogEventActionStopPoll | channelAdminLogEventActionToggleAntiSpam | channelAdminLogEventActionToggleAutotranslation | channelAdminLogEventActionToggleForum | channelAdminLogEventActionToggleGroupCallSetting | channelAdminLogEventActionToggleInvites | channelAdminLogEventActionToggleNoForwards | channelAdminLogEventActionTogglePreHistoryHidden | channelAdminLogEventActionToggleSignatureProfiles | channelAdminLogEventActionToggleSignatures | channelAdminLogEventActionToggleSlowMode | channelAdminLogEventActionUpdatePinned;
export interface channelAdminLogEventsFilter { _: "channelAdminLogEventsFilter"; join?: boolean; leave?: boolean; invite?: boolean; ban?: boolean; unban?: boolean; kick?: boolean; unkick?: boolean; promote?: boolean; demote?: boolean; info?: boolean; settings?: boolean; pinned?: boolean; edit?: boolean; delete?: boolean; group_call?: boolean; invites?: boolean; send?: boolean; forums?: boolean; sub_extend?: boolean; edit_rank?: boolean }
export type ChannelAdminLogEventsFilter = channelAdminLogEventsFilter;
export interface channelLocation { _: "channelLocation"; geo_point: GeoPoint; address: string }
export interface channelLocationEmpty { _: "channelLocationEmpty" }
export type ChannelLocation = channelLocation | channelLocationEmpty;
export interface channelMessagesFilter { _: "channelMessagesFilter"; exclude_new_messages?: boolean; ranges: MessageRange[] }
export interface channelMessagesFilterEmpty { _: "channelMessagesFilterEmpty" }
export type ChannelMessagesFilter = channelMessagesFilter | channelMessagesFilterEmpty;
export interface channelParticipant { _: "channelParticipant"; user_id: Long; date: number; subscription_until_date?: number; rank?: string }
export interface channelParticipantAdmin { _: "channelParticipantAdmin"; can_edit?: boolean; self?: boolean; user_id: Long; inviter_id?: Long; promoted_by: Long; date: number; admin_rights: ChatAdminRights; rank?: string }
export interface channelParticipantBanned { _: "channelParticipantBanned"; left?: boolean; peer: Peer; kicked_by: Long; date: number; banned_rights: ChatBannedRights; rank?: string }
export interface channelParticipantCreator { _: "channelParticipantCreator"; user_id: Long; admin_rights: ChatAdminRights; rank?: string }
export interface channelParticipantLeft { _: "channelParticipantLeft"; peer: Peer }
export interface channelParticipantSelf { _: "channelParticipantSelf"; via_request?: boolean; user_id: Long; inviter_id: Long; date: number; subscription_until_date?: number; rank?: string }
export type ChannelParticipant = channelParticipant | channelParticipantAdmin | channelParticipantBanned | channelParticipantCreator | channelParticipantLeft | channelParticipantSelf;
export interface channelParticipantsAdmins { _: "channelParticipantsAdmins" }
export interface channelParticipantsBanned { _: "channelParticipantsBanned"; q: string }
export interface channelParticipantsBots { _: "channelParticipantsBots" }
export interface channelParticipantsContacts { _: "channelParticipantsContacts"; q: string }
export interface channelParticipantsKicked { _: "channelParticipantsKicked"; q: string }
export interface channelParticipantsMentions { _: "channelParticipantsMentions"; q?: string; top_msg_id?: number }
export interface channelParticipantsRecent { _: "channelParticipantsRecent" }
export interface channelParticipantsSearch { _: "channelParticipantsSearch"; q: string }
export type ChannelParticipantsFilter = channelParticipantsAdmins | channelParticipantsBanned | channelParticipantsBots | channelParticipantsContacts | channelParticipantsKicked | channelParticipantsMentions | channelParticipantsRecent | channelParticipantsSearch;
export interface channel { _: "channel"; creator?: boolean; left?: boolean; broadcast?: boolean; verified?: boolean; megagroup?: boolean; restricted?: boolean; signatures?: boolean; min?: boolean; scam?: boolean; has_link?: boolean; has_geo?: boolean; slowmode_enabled?: boolean; call_active?: boolean; call_not_empty?: boolean; fake?: boolean; gigagroup?: boolean; noforwards?: boolean; join_to_send?: boolean; join_request?: boolean; forum?: boolean; stories_hidden?: boolean; stories_hidden_min?: boolean; stories_unavailable?: boolean; signature_profiles?: boolean; autotranslation?: boolean; broadcast_messages_allowed?: boolean; monoforum?: boolean; forum_tabs?: boolean; id: Long; access_hash?: Long; title: string; username?: string; photo: ChatPhoto; date: number; restriction_reason?: RestrictionReason[]; admin_rights?: ChatAdminRights; banned_rights?: ChatBannedRights; default_banned_rights?: ChatBannedRights; participants_count?: number; usernames?: Username[]; stories_max_id?: RecentStory; color?: PeerColor; profile_color?: PeerColor; emoji_status?: EmojiStatus; level?: number; subscription_until_date?: number; bot_verification_icon?: Long; send_paid_messages_stars?: Long; linked_monoforum_id?: Long; linked_community_id?: Long }
export interface channelForbidden { _: "channelForbidden"; broadcast?: boolean; megagroup?: boolean; monoforum?: boolean; id: Long; access_hash: Long; title: string; until_date?: number }
export interface chat { _: "chat"; creator?: boolean; left?: boolean; deactivated?: boolean; call_active?: boolean; call_not_empty?: boolean; noforwards?: boolean; id: Long; title: string; photo: ChatPhoto; participants_count: number; date: number; version: number; migrated_to?: InputChannel; admin_rights?: ChatAdminRights; default_banned_rights?: ChatBannedRights }
export interface chatEmpty { _: "chatEmpty"; id: Long }
export interface chatForbidden { _: "chatForbidden"; id: Long; title: string }
export interface community { _: "community"; creator?: boolean; left?: boolean; min?: boolean; collapsed_in_dialogs?: boolean; id: Long; access_hash?: Long; title: string; photo: ChatPhoto; date: number; admin_rights?: ChatAdminRights; default_banned_rights?: ChatBannedRights }
export interface communityForbidden { _: "communityForbidden"; id: Long; access_hash?: Long; title: string }
export type Chat = channel | channelForbidden | chat | chatEmpty | chatForbidden | community | communityForbidden;
export interface chatAdminRights { _: "chatAdminRights"; change_info?: boolean; post_messages?: boolean; edit_messages?: boolean; delete_messages?: boolean; ban_users?: boolean; invite_users?: boolean; pin_messages?: boolean; add_admins?: boolean; anonymous?: boolean; manage_call?: boolean; other?: boolean; manage_topics?: boolean; post_stories?: boolean; edit_stories?: boolean; delete_stories?: boolean; manage_direct_messages?: boolean; manage_ranks?: boolean; manage_linked_peers?: boolean; manage_welcome_messages?: boolean }
export type ChatAdminRights = chatAdminRights;
export interface chatAdminWithInvites { _: "chatAdminWithInvites"; admin_id: Long; invites_count: number; revoked_invites_count: number }
export type ChatAdminWithInvites = chatAdminWithInvites;
export interface chatBannedRights { _: "chatBannedRights"; view_messages?: boolean; send_messages?: boolean; send_media?: boolean; send_stickers?: boolean; send_gifs?: boolean; send_games?: boolean; send_inline?: boolean; embed_links?: boolean; send_polls?: boolean; change_info?: boolean; invite_users?: boolean; pin_messages?: boolean; manage_topics?: boolean; send_photos?: boolean; send_videos?: boolean; send_roundvideos?: boolean; send_audios?: boolean; send_voices?: boolean; send_docs?: boolean; send_plain?: boolean; edit_rank?: boolean; send_reactions?: boolean; manage_linked_peers?: boolean; until_date: number }
export type ChatBannedRights = chatBannedRights;
export interface channelFull { _: "channelFull"; can_view_participants?: boolean; can_set_username?: boolean; can_set_stickers?: boolean; hidden_prehistory?: boolean; can_set_location?: boolean; has_scheduled?: boolean; can_view_stats?: boolean; blocked?: boolean; can_delete_channel?: boolean; antispam?: boolean; participants_hidden?: boolean; translations_disabled?: boolean; stories_pinned_available?: boolean; view_forum_as_messages?: boolean; restricted_sponsored?: boolean; can_view_revenue?: boolean; paid_media_allowed?: boolean; can_view_stars_revenue?: boolean; paid_reactions_available?: boolean; stargifts_available?: boolean; paid_messages_available?: boolean; has_welcome_messages?: boolean; id: Long; about: string; participants_count?: number; admins_count?: number; kicked_count?: number; banned_count?: number; online_count?: number; read_inbox_max_id: number; read_outbox_max_id: number; unread_count: number; chat_photo: Photo; notify_settings: PeerNotifySettings; exported_invite?: ExportedChatInvite; bot_info: BotInfo[]; migrated_from_chat_id?: Long; migrated_from_max_id?: number; pinned_msg_id?: number; stickerset?: StickerSet; available_min_id?: number; folder_id?: number; linked_chat_id?: Long; location?: ChannelLocation; slowmode_seconds?: number; slowmode_next_send_date?: number; stats_dc?: number; pts: number; call?: InputGroupCall; ttl_period?: number; pending_suggestions?: string[]; groupcall_default_join_as?: Peer; theme_emoticon?: string; requests_pending?: number; recent_requesters?: Long[]; default_send_as?: Peer; available_reactions?: ChatReactions; reactions_limit?: number; stories?: PeerStories; wallpaper?: WallPaper; boosts_applied?: number; boosts_unrestrict?: number; emojiset?: StickerSet; bot_verification?: BotVerification; stargifts_count?: number; send_paid_messages_stars?: Long; main_tab?: ProfileTab; guard_bot_id?: Long }
export interface chatFull { _: "chatFull"; can_set_username?: boolean; has_scheduled?: boolean; translations_disabled?: boolean; has_welcome_messages?: boolean; id: Long; about: string; participants: ChatParticipants; chat_photo?: Photo; notify_settings: PeerNotifySettings; exported_invite?: ExportedChatInvite; bot_info?: BotInfo[]; pinned_msg_id?: number; folder_id?: number; call?: InputGroupCall; ttl_period?: number; groupcall_default_join_as?: Peer; theme_emoticon?: string; requests_pending?: number; recent_requesters?: Long[]; available_reactions?: ChatReactions; reactions_limit?: number }
export interface communityFull { _: "communityFull"; id: Long; about: string; chat_photo: Photo; linked_peers: CommunityPeer[]; admins_count?: number; kicked_count?: number; peer_link_requests_pending?: number }
export type ChatFull = channelFull | chatFull | communityFull;
export interface chatInvite { _: "chatInvite"; channel?: boolean; broadcast?: boolean; public?: boolean; megagroup?: boolean; request_needed?: boolean; verified?: boolean; scam?: boolean; fake?: boolean; can_refulfill_subscription?: boolean; title: string; about?: string; photo: Photo; participants_count: number; participants?: User[]; color: number; subscription_pricing?: StarsSubscriptionPricing; subscription_form_id?: Long; bot_verification?: BotVerification }
export interface chatInviteAlready { _: "chatInviteAlready"; chat: Chat }
export interface chatInvitePeek { _: "chatInvitePeek"; chat: Chat; expires: number }
export type ChatInvite = chatInvite | chatInviteAlready | chatInvitePeek;
export interface chatInviteImporter { _: "chatInviteImporter"; requested?: boolean; via_chatlist?: boolean; user_id: Long; date: number; about?: string; approved_by?: Long }
export type ChatInviteImporter = chatInviteImporter;
export interface chatParticipant { _: "chatParticipant"; user_id: Long; inviter_id: Long; date: number; rank?: string }
export interface chatParticipantAdmin { _: "chatParticipantAdmin"; user_id: Long; inviter_id: Long; date: number; rank?: string }
export interface chatParticipantCreator { _: "chatParticipantCreator"; user_id: Long; rank?: string }
export type ChatParticipant = chatParticipant | chatParticipantAdmin | chatParticipantCreator;
export interface chatParticipants { _: "chatParticipants"; chat_id: Long; participants: ChatParticipant[]; version: number }
export interface chatParticipantsForbidden { _: "chatParticipantsForbidden"; chat_id: Long; self_participant?: ChatParticipant }
export type ChatParticipants = chatParticipants | chatParticipantsForbidden;
export interface chatPhoto { _: "chatPhoto"; has_video?: boolean; photo_id: Long; stripped_thumb?: Bytes; dc_id: number }
export interface chatPhotoEmpty { _: "chatPhotoEmpty" }
export type ChatPhoto = chatPhoto | chatPhotoEmpty;
export interface chatReactionsAll { _: "chatReactionsAll"; allow_custom?: boolean }
export interface chatReactionsNone { _: "chatReactionsNone" }
export interface chatReactionsSome { _: "chatReactionsSome"; reactions: Reaction[] }
export type ChatReactions = chatReactionsAll | chatReactionsNone | chatReactionsSome;
export interface chatTheme { _: "chatTheme"; emoticon: string }
export interface chatThemeUniqueGift { _: "chatThemeUniqueGift"; gift: StarGift; theme_settings: ThemeSettings[] }
export type ChatTheme = chatTheme | chatThemeUniqueGift;
export interface codeSettings { _: "codeSettings"; allow_flashcall?: boolean; current_number?: boolean; allow_app_hash?: boolean; allow_missed_call?: boolean; allow_firebase?: boolean; unknown_number?: boolean; logout_tokens?: Bytes[]; token?: string; app_sandbox?: boolean }
export type CodeSettings = codeSettings;
export interface communityPeer { _: "communityPeer"; can_view_history?: boolean; visible?: boolean; peer: Peer }
export type CommunityPeer = communityPeer;
export interface contact { _: "contact"; user_id: Long; mutual: boolean }
export type Contact = contact;
export interface dataJSON { _: "dataJSON"; data: string }
export type DataJSON = dataJSON;
export interface dcOption { _: "dcOption"; ipv6?: boolean; media_only?: boolean; tcpo_only?: boolean; cdn?: boolean; static?: boolean; this_port_only?: boolean; id: number; ip_address: string; port: number; secret?: Bytes }
export type DcOption = dcOption;
export interface defaultHistoryTTL { _: "defaultHistoryTTL"; period: number }
export type DefaultHistoryTTL = defaultHistoryTTL;
export interface dialog { _: "dialog"; pinned?: boolean; unread_mark?: boolean; view_forum_as_messages?: boolean; peer: Peer; top_message: number; read_inbox_max_id: number; read_outbox_max_id: number; unread_count: number; unread_mentions_count: number; unread_reactions_count: number; unread_poll_votes_count: number; notify_settings: PeerNotifySettings; pts?: number; draft?: DraftMessage; folder_id?: number; ttl_period?: number }
export interface dialogCommunity { _: "dialogCommunity"; pinned?: boolean; community_id: Long; notify_settings: PeerNotifySettings }
export interface dialogFolder { _: "dialogFolder"; pinned?: boolean; folder: Folder; peer: Peer; top_message: number; unread_muted_peers_count: number; unread_unmuted_peers_count: number; unread_muted_messages_count: number; unread_unmuted_messages_count: number }
export type Dialog = dialog | dialogCommunity | dialogFolder;
export interface dialogFilter { _: "dialogFilter"; contacts?: boolean; non_contacts?: boolean; groups?: boolean; broadcasts?: boolean; bots?: boolean; exclude_muted?: boolean; exclude_read?: boolean; exclude_archived?: boolean; title_noanimate?: boolean; id: number; title: TextWithEntities; emoticon?: string; color?: number; pinned_peers: InputPeer[]; include_peers: InputPeer[]; exclude_peers: InputPeer[] }
export interface dialogFilterChatlist { _: "dialogFilterChatlist"; has_my_invites?: boolean; title_noanimate?: boolean; id: number; title: TextWithEntities; emoticon?: string; color?: number; pinned_peers: InputPeer[]; include_peers: InputPeer[] }
export interface dialogFilterDefault { _: "dialogFilterDefault" }
export type DialogFilter = dialogFilter | dialogFilterChatlist | dialogFilterDefault;
export interface dialogFilterSuggested { _: "dialogFilterSuggested"; filter: DialogFilter; description: string }
export type DialogFilterSuggested = dialogFilterSuggested;
export interface dialogPeer { _: "dialogPeer"; peer: Peer }
export interface dialogPeerCommunity { _: "dialogPeerCommunity"; community_id: Long }
export interface dialogPeerFolder { _: "dialogPeerFolder"; folder_id: number }
export type DialogPeer = dialogPeer | dialogPeerCommunity | dialogPeerFolder;
export interface disallowedGiftsSettings { _: "disallowedGiftsSettings"; disallow_unlimited_stargifts?: boolean; disallow_limited_stargifts?: boolean; disallow_unique_stargifts?: boolean; disallow_premium_gifts?: boolean; disallow_stargifts_from_channels?: boolean }
export type DisallowedGiftsSettings = disallowedGiftsSettings;
export interface document { _: "document"; id: Long; access_hash: Long; file_reference: Bytes; date: number; mime_type: string; size: Long; thumbs?: PhotoSize[]; video_thumbs?: VideoSize[]; dc_id: number; attributes: DocumentAttribute[] }
export interface documentEmpty { _: "documentEmpty"; id: Long }
export type Document = document | documentEmpty;
export interface documentAttributeAnimated { _: "documentAttributeAnimated" }
export interface documentAttributeAudio { _: "documentAttributeAudio"; voice?: boolean; duration: number; title?: string; performer?: string; waveform?: Bytes }
export interface documentAttributeCustomEmoji { _: "documentAttributeCustomEmoji"; free?: boolean; text_color?: boolean; alt: string; stickerset: InputStickerSet }
export interface documentAttributeFilename { _: "documentAttributeFilename"; file_name: string }
export interface documentAttributeHasStickers { _: "documentAttributeHasStickers" }
export interface documentAttributeImageSize { _: "documentAttributeImageSize"; w: number; h: number }
export interface documentAttributeSticker { _: "documentAttributeSticker"; mask?: boolean; alt: string; stickerset: InputStickerSet; mask_coords?: MaskCoords }
export interface documentAttributeVideo { _: "documentAttributeVideo"; round_message?: boolean; supports_streaming?: boolean; nosound?: boolean; duration: number; w: number; h: number; preload_prefix_size?: number; video_start_ts?: number; video_codec?: string }
export type DocumentAttribute = documentAttributeAnimated | documentAttributeAudio | documentAttributeCustomEmoji | documentAttributeFilename | documentAttributeHasStickers | documentAttributeImageSize | documentAttributeSticker | documentAttributeVideo;
export interface draftMessage { _: "draftMessage"; no_webpage?: boolean; invert_media?: boolean; reply_to?: InputReplyTo; message: string; entities?: MessageEntity[]; media?: InputMedia; date: number; effect?: Long; suggested_post?: SuggestedPost; rich_message?: RichMessage }
export interface draftMessageEmpty { _: "draftMessageEmpty"; date?: number }
export type DraftMessage = draftMessage | draftMessageEmpty;
export interface emailVerificationApple { _: "emailVerificationApple"; token: string }
export interface emailVerificationCode { _: "emailVerificationCode"; code: string }
export interface emailVerificationGoogle { _: "emailVerificationGoogle"; token: string }
export type EmailVerification = emailVerificationApple | emailVerificationCode | emailVerificationGoogle;
export interface emailVerifyPurposeLoginChange { _: "emailVerifyPurposeLoginChange" }
export interface emailVerifyPurposeLoginSetup { _: "emailVerifyPurposeLoginSetup"; phone_number: string; phone_code_hash: string }
export interface emailVerifyPurposePassport { _: "emailVerifyPurposePassport" }
export type EmailVerifyPurpose = emailVerifyPurposeLoginChange | emailVerifyPurposeLoginSetup | emailVerifyPurposePassport;
export interface emojiStatus { _: "emojiStatus"; document_id: Long; until?: number }
export interface emojiStatusCollectible { _: "emojiStatusCollectible"; collectible_id: Long; document_id: Long; title: string; slug: string; pattern_document_id: Long; center_color: number; edge_color: number; pattern_color: number; text_color: number; until?: number }
export interface emojiStatusEmpty { _: "emojiStatusEmpty" }
export interface inputEmojiStatusCollectible { _: "inputEmojiStatusCollectible"; collectible_id: Long; until?: number }
export type EmojiStatus = emojiStatus | emojiStatusCollectible | emojiStatusEmpty | inputEmojiStatusCollectible;
export interface encryptedChat { _: "encryptedChat"; id: number; access_hash: Long; date: number; admin_id: Long; participant_id: Long; g_a_or_b: Bytes; key_fingerprint: Long }
export interface encryptedChatDiscarded { _: "encryptedChatDiscarded"; history_deleted?: boolean; id: number }
export interface encryptedChatEmpty { _: "encryptedChatEmpty"; id: number }
export interface encryptedChatRequested { _: "encryptedChatRequested"; folder_id?: number; id: number; access_hash: Long; date: number; admin_id: Long; participant_id: Long; g_a: Bytes }
export interface encryptedChatWaiting { _: "encryptedChatWaiting"; id: number; access_hash: Long; date: number; admin_id: Long; participant_id: Long }
export type EncryptedChat = encryptedChat | encryptedChatDiscarded | encryptedChatEmpty | encryptedChatRequested | encryptedChatWaiting;
export interface encryptedFile { _: "encryptedFile"; id: Long; access_hash: Long; size: Long; dc_id: number; key_fingerprint: number }
export interface encryptedFileEmpty { _: "encryptedFileEmpty" }
export type EncryptedFile = encryptedFile | encryptedFileEmpty;
export interface encryptedMessage { _: "encryptedMessage"; random_id: Long; chat_id: number; date: number; bytes: Bytes; file: EncryptedFile }
export interface encryptedMessageService { _: "encryptedMessageService"; random_id: Long; chat_id: number; date: number; bytes: Bytes }
export type EncryptedMessage = encryptedMessage | encryptedMessageService;
export interface ephemeralMessage { _: "ephemeralMessage"; out?: boolean; welcome_template?: boolean; invert_media?: boolean; noforwards?: boolean; id: number; from_id: Peer; peer_id?: Peer; receiver_id: Long; top_msg_id?: number; date: number; message: string; entities?: MessageEntity[]; media?: MessageMedia; reply_markup?: ReplyMarkup; reply_to?: MessageReplyHeader; rich_message?: RichMessage; chat_instance?: Long; anchor_msg_id?: number }
export type EphemeralMessage = ephemeralMessage;
export interface chatInviteExported { _: "chatInviteExported"; revoked?: boolean; permanent?: boolean; request_needed?: boolean; link: string; admin_id: Long; date: number; start_date?: number; expire_date?: number; usage_limit?: number; usage?: number; requested?: number; subscription_expired?: number; title?: string; subscription_pricing?: StarsSubscriptionPricing }
export interface chatInvitePublicJoinRequests { _: "chatInvitePublicJoinRequests" }
export type ExportedChatInvite = chatInviteExported | chatInvitePublicJoinRequests;
export interface factCheck { _: "factCheck"; need_check?: boolean; country?: string; text?: TextWithEntities; hash: Long }
export type FactCheck = factCheck;
export interface folder { _: "folder"; autofill_new_broadcasts?: boolean; autofill_public_groups?: boolean; autofill_new_correspondents?: boolean; id: number; title: string; photo?: ChatPhoto }
export type Folder = folder;
export interface folderPeer { _: "folderPeer"; peer: Peer; folder_id: number }
export type FolderPeer = folderPeer;
export interface forumTopic { _: "forumTopic"; my?: boolean; closed?: boolean; pinned?: boolean; short?: boolean; hidden?: boolean; title_missing?: boolean; id: number; date: number; peer: Peer; title: string; icon_color: number; icon_emoji_id?: Long; top_message: number; read_inbox_max_id: number; read_outbox_max_id: number; unread_count: number; unread_mentions_count: number; unread_reactions_count: number; unread_poll_votes_count: number; from_id: Peer; notify_settings: PeerNotifySettings; draft?: DraftMessage }
export interface forumTopicDeleted { _: "forumTopicDeleted"; id: number }
export type ForumTopic = forumTopic | forumTopicDeleted;
export interface game { _: "game"; id: Long; access_hash: Long; short_name: string; title: string; description: string; photo: Photo; document?: Document }
export type Game = game;
export interface geoPoint { _: "geoPoint"; long: number; lat: number; access_hash: Long; accuracy_radius?: number }
export interface geoPointEmpty { _: "geoPointEmpty" }
export type GeoPoint = geoPoint | geoPointEmpty;
export interface geoPointAddress { _: "geoPointAddress"; country_iso2: string; state?: string; city?: string; street?: string }
export type GeoPointAddress = geoPointAddress;
export interface globalPrivacySettings { _: "globalPrivacySettings"; archive_and_mute_new_noncontact_peers?: boolean; keep_archived_unmuted?: boolean; keep_archived_folders?: boolean; hide_read_marks?: boolean; new_noncontact_peers_require_premium?: boolean; display_gifts_button?: boolean; noncontact_peers_paid_stars?: Long; disallowed_gifts?: DisallowedGiftsSettings }
export type GlobalPrivacySettings = globalPrivacySettings;
export interface groupCall { _: "groupCall"; join_muted?: boolean; can_change_join_muted?: boolean; join_date_asc?: boolean; schedule_start_subscribed?: boolean; can_start_video?: boolean; record_video_active?: boolean; rtmp_stream?: boolean; listeners_hidden?: boolean; conference?: boolean; creator?: boolean; messages_enabled?: boolean; can_change_messages_enabled?: boolean; min?: boolean; id: Long; access_hash: Long; participants_count: number; title?: string; stream_dc_id?: number; record_start_date?: number; schedule_date?: number; unmuted_video_count?: number; unmuted_video_limit: number; version: number; invite_link?: string; send_paid_messages_stars?: Long; default_send_as?: Peer }
export interface groupCallDiscarded { _: "groupCallDiscarded"; id: Long; access_hash: Long; duration: number }
export type GroupCall = groupCall | groupCallDiscarded;
export interface groupCallMessage { _: "groupCallMessage"; from_admin?: boolean; id: number; from_id: Peer; date: number; message: TextWithEntities; paid_message_stars?: Long }
export type GroupCallMessage = groupCallMessage;
export interface groupCallParticipant { _: "groupCallParticipant"; muted?: boolean; left?: boolean; can_self_unmute?: boolean; just_joined?: boolean; versioned?: boolean; min?: boolean; muted_by_you?: boolean; volume_by_admin?: boolean; self?: boolean; video_joined?: boolean; peer: Peer; date: number; active_date?: number; source: number; volume?: number; about?: string; raise_hand_rating?: Long; video?: GroupCallParticipantVideo; presentation?: GroupCallParticipantVideo; paid_stars_total?: Long }
export type GroupCallParticipant = groupCallParticipant;
export interface groupCallParticipantVideo { _: "groupCallParticipantVideo"; paused?: boolean; endpoint: string; source_groups: GroupCallParticipantVideoSourceGroup[]; audio_source?: number }
export type GroupCallParticipantVideo = groupCallParticipantVideo;
export interface groupCallParticipantVideoSourceGroup { _: "groupCallParticipantVideoSourceGroup"; semantics: string; sources: number[] }
export type GroupCallParticipantVideoSourceGroup = groupCallParticipantVideoSourceGroup;
export interface importedContact { _: "importedContact"; user_id: Long; client_id: Long }
export type ImportedContact = importedContact;
export interface inlineButtonTypeBuy { _: "inlineButtonTypeBuy" }
export interface inlineButtonTypeCallback { _: "inlineButtonTypeCallback"; requires_password?: boolean; data: Bytes }
export interface inlineButtonTypeCopy { _: "inlineButtonTypeCopy"; copy_text: string }
export interface inlineButtonTypeDisabled { _: "inlineButtonTypeDisabled" }
export interface inlineButtonTypeGame { _: "inlineButtonTypeGame" }
export interface inlineButtonTypeSwitchInline { _: "inlineButtonTypeSwitchInline"; same_peer?: boolean; query: string; peer_types?: InlineQueryPeerType[] }
export interface inlineButtonTypeUrl { _: "inlineButtonTypeUrl"; url: string }
export interface inlineButtonTypeUrlAuth { _: "inlineButtonTypeUrlAuth"; fwd_text?: string; url: string; button_id: number }
export interface inlineButtonTypeUserProfile { _: "inlineButtonTypeUserProfile"; user_id: Long }
export interface inlineButtonTypeWebView { _: "inlineButtonTypeWebView"; url: string }
export interface inputInlineButtonTypeUrlAuth { _: "inputInlineButtonTypeUrlAuth"; request_write_access?: boolean; fwd_text?: string; url: string; bot?: InputUser }
export interface inputInlineButtonTypeUserProfile { _: "inputInlineButtonTypeUserProfile"; user_id: InputUser }
export type InlineButtonType = inlineButtonTypeBuy | inlineButtonTypeCallback | inlineButtonTypeCopy | inlineButtonTypeDisabled | inlineButtonTypeGame | inlineButtonTypeSwitchInline | inlineButtonTypeUrl | inlineButtonTypeUrlAuth | inlineButtonTypeUserProfile | inlineButtonTypeWebView | inputInlineButtonTypeUrlAuth | inputInlineButtonTypeUserProfile;
export interface inlineQueryPeerTypeBotPM { _: "inlineQueryPeerTypeBotPM" }
export interface inlineQueryPeerTypeBroadcast { _: "inlineQueryPeerTypeBroadcast" }
export interface inlineQueryPeerTypeChat { _: "inlineQueryPeerTypeChat" }
export interface inlineQueryPeerTypeMegagroup { _: "inlineQueryPeerTypeMegagroup" }
export interface inlineQueryPeerTypePM { _: "inlineQueryPeerTypePM" }
export interface inlineQueryPeerTypeSameBotPM { _: "inlineQueryPeerTypeSameBotPM" }
export type InlineQueryPeerType = inlineQueryPeerTypeBotPM | inlineQueryPeerTypeBroadcast | inlineQueryPeerTypeChat | inlineQueryPeerTypeMegagroup | inlineQueryPeerTypePM | inlineQueryPeerTypeSameBotPM;
export interface inputBotInlineMessageID { _: "inputBotInlineMessageID"; dc_id: number; id: Long; access_hash: Long }
export interface inputBotInlineMessageID64 { _: "inputBotInlineMessageID64"; dc_id: number; owner_id: Long; id: number; access_hash: Long }
export type InputBotInlineMessageID = inputBotInlineMessageID | inputBotInlineMessageID64;
export interface inputChannel { _: "inputChannel"; channel_id: Long; access_hash: Long }
export interface inputChannelEmpty { _: "inputChannelEmpty" }
export interface inputChannelFromMessage { _: "inputChannelFromMessage"; peer: InputPeer; msg_id: number; channel_id: Long }
export type InputChannel = inputChannel | inputChannelEmpty | inputChannelFromMessage;
export interface inputChatPhoto { _: "inputChatPhoto"; id: InputPhoto }
export interface inputChatPhotoEmpty { _: "inputChatPhotoEmpty" }
export interface inputChatUploadedPhoto { _: "inputChatUploadedPhoto"; file?: InputFile; video?: InputFile; video_start_ts?: number; video_emoji_markup?: VideoSize }
export type InputChatPhoto = inputChatPhoto | inputChatPhotoEmpty | inputChatUploadedPhoto;
export interface inputCheckPasswordEmpty { _: "inputCheckPasswordEmpty" }
export interface inputCheckPasswordSRP { _: "inputCheckPasswordSRP"; srp_id: Long; A: Bytes; M1: Bytes }
export type InputCheckPasswordSRP = inputCheckPasswordEmpty | inputCheckPasswordSRP;
export interface inputPhoneContact { _: "inputPhoneContact"; client_id: Long; phone: string; first_name: string; last_name: string; note?: TextWithEntities }
export type InputContact = inputPhoneContact;
export interface inputDialogPeer { _: "inputDialogPeer"; peer: InputPeer }
export interface inputDialogPeerCommunity { _: "inputDialogPeerCommunity"; community: InputChannel }
export interface inputDialogPeerFolder { _: "inputDialogPeerFolder"; folder_id: number }
export type InputDialogPeer = inputDialogPeer | inputDialogPeerCommunity | inputDialogPeerFolder;
export interface inputDocument { _: "inputDocument"; id: Long; access_hash: Long; file_reference: Bytes }
export interface inputDocumentEmpty { _: "inputDocumentEmpty" }
export type InputDocument = inputDocument | inputDocumentEmpty;
export interface inputFile { _: "inputFile"; id: Long; parts: number; name: string; md5_checksum: string }
export interface inputFileBig { _: "inputFileBig"; id: Long; parts: number; name: string }
export interface inputFileStoryDocument { _: "inputFileStoryDocument"; id: InputDocument }
export type InputFile = inputFile | inputFileBig | inputFileStoryDocument;
export interface inputFolderPeer { _: "inputFolderPeer"; peer: InputPeer; folder_id: number }
export type InputFolderPeer = inputFolderPeer;
export interface inputGameID { _: "inputGameID"; id: Long; access_hash: Long }
export interface inputGameShortName { _: "inputGameShortName"; bot_id: InputUser; short_name: string }
export type InputGame = inputGameID | inputGameShortName;
export interface inputGeoPoint { _: "inputGeoPoint"; lat: number; long: number; accuracy_radius?: number }
export interface inputGeoPointEmpty { _: "inputGeoPointEmpty" }
export type InputGeoPoint = inputGeoPoint | inputGeoPointEmpty;
export interface inputGroupCall { _: "inputGroupCall"; id: Long; access_hash: Long }
export interface inputGroupCallInviteMessage { _: "inputGroupCallInviteMessage"; msg_id: number }
export interface inputGroupCallSlug { _: "inputGroupCallSlug"; slug: string }
export type InputGroupCall = inputGroupCall | inputGroupCallInviteMessage | inputGroupCallSlug;
export interface inputMediaContact { _: "inputMediaContact"; phone_number: string; first_name: string; last_name: string; vcard: string }
export interface inputMediaDice { _: "inputMediaDice"; emoticon: string }
export interface inputMediaDocument { _: "inputMediaDocument"; spoiler?: boolean; id: InputDocument; video_cover?: InputPhoto; video_timestamp?: number; ttl_seconds?: number; query?: string }
export interface inputMediaDocumentExternal { _: "inputMediaDocumentExternal"; spoiler?: boolean; url: string; ttl_seconds?: number; video_cover?: InputPhoto; video_timestamp?: number }
export interface inputMediaEmpty { _: "inputMediaEmpty" }
export interface inputMediaGame { _: "inputMediaGame"; id: InputGame }
export interface inputMediaGeoLive { _: "inputMediaGeoLive"; stopped?: boolean; geo_point: InputGeoPoint; heading?: number; period?: number; proximity_notification_radius?: number }
export interface inputMediaGeoPoint { _: "inputMediaGeoPoint"; geo_point: InputGeoPoint }
export interface inputMediaInvoice { _: "inputMediaInvoice"; title: string; description: string; photo?: InputWebDocument; invoice: Invoice; payload: Bytes; provider?: string; provider_data: DataJSON; start_param?: string; extended_media?: InputMedia }
export interface inputMediaPaidMedia { _: "inputMediaPaidMedia"; stars_amount: Long; extended_media: InputMedia[]; payload?: string }
export interface inputMediaPhoto { _: "inputMediaPhoto"; spoiler?: boolean; live_photo?: boolean; id: InputPhoto; ttl_seconds?: number; video?: InputDocument }
export interface inputMediaPhotoExternal { _: "inputMediaPhotoExternal"; spoiler?: boolean; url: string; ttl_seconds?: number }
export interface inputMediaPoll { _: "inputMediaPoll"; poll: Poll; correct_answers?: number[]; attached_media?: InputMedia; solution?: string; solution_entities?: MessageEntity[]; solution_media?: InputMedia }
export interface inputMediaStakeDice { _: "inputMediaStakeDice"; game_hash: string; ton_amount: Long; client_seed: Bytes }
export interface inputMediaStory { _: "inputMediaStory"; peer: InputPeer; id: number }
export interface inputMediaTodo { _: "inputMediaTodo"; todo: TodoList }
export interface inputMediaUploadedDocument { _: "inputMediaUploadedDocument"; nosound_video?: boolean; force_file?: boolean; spoiler?: boolean; file: InputFile; thumb?: InputFile; mime_type: string; attributes: DocumentAttribute[]; stickers?: InputDocument[]; video_cover?: InputPhoto; video_timestamp?: number; ttl_seconds?: number }
export interface inputMediaUploadedPhoto { _: "inputMediaUploadedPhoto"; spoiler?: boolean; live_photo?: boolean; file: InputFile; stickers?: InputDocument[]; ttl_seconds?: number; video?: InputDocument }
export interface inputMediaVenue { _: "inputMediaVenue"; geo_point: InputGeoPoint; title: string; address: string; provider: string; venue_id: string; venue_type: string }
export interface inputMediaWebPage { _: "inputMediaWebPage"; force_large_media?: boolean; force_small_media?: boolean; optional?: boolean; url: string }
export type InputMedia = inputMediaContact | inputMediaDice | inputMediaDocument | inputMediaDocumentExternal | inputMediaEmpty | inputMediaGame | inputMediaGeoLive | inputMediaGeoPoint | inputMediaInvoice | inputMediaPaidMedia | inputMediaPhoto | inputMediaPhotoExternal | inputMediaPoll | inputMediaStakeDice | inputMediaStory | inputMediaTodo | inputMediaUploadedDocument | inputMediaUploadedPhoto | inputMediaVenue | inputMediaWebPage;
export interface inputMessageCallbackQuery { _: "inputMessageCallbackQuery"; id: number; query_id: Long }
export interface inputMessageID { _: "inputMessageID"; id: number }
export interface inputMessagePinned { _: "inputMessagePinned" }
export interface inputMessageReplyTo { _: "inputMessageReplyTo"; id: number }
export type InputMessage = inputMessageCallbackQuery | inputMessageID | inputMessagePinned | inputMessageReplyTo;
export interface inputNotifyBroadcasts { _: "inputNotifyBroadcasts" }
export interface inputNotifyChats { _: "inputNotifyChats" }
export interface inputNotifyCommunity { _: "inputNotifyCommunity"; community: InputChannel }
export interface inputNotifyForumTopic { _: "inputNotifyForumTopic"; peer: InputPeer; top_msg_id: number }
export interface inputNotifyPeer { _: "inputNotifyPeer"; peer: InputPeer }
export interface inputNotifyUsers { _: "inputNotifyUsers" }
export type InputNotifyPeer = inputNotifyBroadcasts | inputNotifyChats | inputNotifyCommunity | inputNotifyForumTopic | inputNotifyPeer | inputNotifyUsers;
export interface inputPasskeyCredentialFirebasePNV { _: "inputPasskeyCredentialFirebasePNV"; pnv_token: string }
export interface inputPasskeyCredentialPublicKey { _: "inputPasskeyCredentialPublicKey"; id: string; raw_id: string; response: InputPasskeyResponse }
export type InputPasskeyCredential = inputPasskeyCredentialFirebasePNV | inputPasskeyCredentialPublicKey;
export interface inputPasskeyResponseLogin { _: "inputPasskeyResponseLogin"; client_data: DataJSON; authenticator_data: Bytes; signature: Bytes; user_handle: string }
export interface inputPasskeyResponseRegister { _: "inputPasskeyResponseRegister"; client_data: DataJSON; attestation_data: Bytes }
export type InputPasskeyResponse = inputPasskeyResponseLogin | inputPasskeyResponseRegister;
export interface inputPeerChannel { _: "inputPeerChannel"; channel_id: Long; access_hash: Long }
export interface inputPeerChannelFromMessage { _: "inputPeerChannelFromMessage"; peer: InputPeer; msg_id: number; channel_id: Long }
export interface inputPeerChat { _: "inputPeerChat"; chat_id: Long }
export interface inputPeerEmpty { _: "inputPeerEmpty" }
export interface inputPeerSelf { _: "inputPeerSelf" }
export interface inputPeerUser { _: "inputPeerUser"; user_id: Long; access_hash: Long }
export interface inputPeerUserFromMessage { _: "inputPeerUserFromMessage"; peer: InputPeer; msg_id: number; user_id: Long }
export type InputPeer = inputPeerChannel | inputPeerChannelFromMessage | inputPeerChat | inputPeerEmpty | inputPeerSelf | inputPeerUser | inputPeerUserFromMessage;
export interface inputPeerNotifySettings { _: "inputPeerNotifySettings"; show_previews?: boolean; silent?: boolean; mute_until?: number; sound?: NotificationSound; stories_muted?: boolean; stories_hide_sender?: boolean; stories_sound?: NotificationSound }
export type InputPeerNotifySettings = inputPeerNotifySettings;
export interface inputPhoto { _: "inputPhoto"; id: Long; access_hash: Long; file_reference: Bytes }
export interface inputPhotoEmpty { _: "inputPhotoEmpty" }
export type InputPhoto = inputPhoto | inputPhotoEmpty;
export interface inputPrivacyKeyAbout { _: "inputPrivacyKeyAbout" }
export interface inputPrivacyKeyAddedByPhone { _: "inputPrivacyKeyAddedByPhone" }
export interface inputPrivacyKeyBirthday { _: "inputPrivacyKeyBirthday" }
export interface inputPrivacyKeyChatInvite { _: "inputPrivacyKeyChatInvite" }
export interface inputPrivacyKeyForwards { _: "inputPrivacyKeyForwards" }
export interface inputPrivacyKeyNoPaidMessages { _: "inputPrivacyKeyNoPaidMessages" }
export interface inputPrivacyKeyPhoneCall { _: "inputPrivacyKeyPhoneCall" }
export interface inputPrivacyKeyPhoneNumber { _: "inputPrivacyKeyPhoneNumber" }
export interface inputPrivacyKeyPhoneP2P { _: "inputPrivacyKeyPhoneP2P" }
export interface inputPrivacyKeyProfilePhoto { _: "inputPrivacyKeyProfilePhoto" }
export interface inputPrivacyKeySavedMusic { _: "inputPrivacyKeySavedMusic" }
export interface inputPrivacyKeyStarGiftsAutoSave { _: "inputPrivacyKeyStarGiftsAutoSave" }
export interface inputPrivacyKeyStatusTimestamp { _: "inputPrivacyKeyStatusTimestamp" }
export interface inputPrivacyKeyVoiceMessages { _: "inputPrivacyKeyVoiceMessages" }
export type InputPrivacyKey = inputPrivacyKeyAbout | inputPrivacyKeyAddedByPhone | inputPrivacyKeyBirthday | inputPrivacyKeyChatInvite | inputPrivacyKeyForwards | inputPrivacyKeyNoPaidMessages | inputPrivacyKeyPhoneCall | inputPrivacyKeyPhoneNumber | inputPrivacyKeyPhoneP2P | inputPrivacyKeyProfilePhoto | inputPrivacyKeySavedMusic | inputPrivacyKeyStarGiftsAutoSave | inputPrivacyKeyStatusTimestamp | inputPrivacyKeyVoiceMessages;
export interface inputPrivacyValueAllowAll { _: "inputPrivacyValueAllowAll" }
export interface inputPrivacyValueAllowBots { _: "inputPrivacyValueAllowBots" }
export interface inputPrivacyValueAllowChatParticipants { _: "inputPrivacyValueAllowChatParticipants"; chats: Long[] }
export interface inputPrivacyValueAllowCloseFriends { _: "inputPrivacyValueAllowCloseFriends" }
export interface inputPrivacyValueAllowContacts { _: "inputPrivacyValueAllowContacts" }
export interface inputPrivacyValueAllowPremium { _: "inputPrivacyValueAllowPremium" }
export interface inputPrivacyValueAllowUsers { _: "inputPrivacyValueAllowUsers"; users: InputUser[] }
export interface inputPrivacyValueDisallowAll { _: "inputPrivacyValueDisallowAll" }
export interface inputPrivacyValueDisallowBots { _: "inputPrivacyValueDisallowBots" }
export interface inputPrivacyValueDisallowChatParticipants { _: "inputPrivacyValueDisallowChatParticipants"; chats: Long[] }
export interface inputPrivacyValueDisallowContacts { _: "inputPrivacyValueDisallowContacts" }
export interface inputPrivacyValueDisallowUsers { _: "inputPrivacyValueDisallowUsers"; users: InputUser[] }
export type InputPrivacyRule = inputPrivacyValueAllowAll | inputPrivacyValueAllowBots | inputPrivacyValueAllowChatParticipants | inputPrivacyValueAllowCloseFriends | inputPrivacyValueAllowContacts | inputPrivacyValueAllowPremium | inputPrivacyValueAllowUsers | inputPrivacyValueDisallowAll | inputPrivacyValueDisallowBots | inputPrivacyValueDisallowChatParticipants | inputPrivacyValueDisallowContacts | inputPrivacyValueDisallowUsers;
export interface inputQuickReplyShortcut { _: "inputQuickReplyShortcut"; shortcut: string }
export interface inputQuickReplyShortcutId { _: "inputQuickReplyShortcutId"; shortcut_id: number }
export type InputQuickReplyShortcut = inputQuickReplyShortcut | inputQuickReplyShortcutId;
export interface inputReplyToEphemeralMessage { _: "inputReplyToEphemeralMessage"; id: number }
export interface inputReplyToMessage { _: "inputReplyToMessage"; reply_to_msg_id: number; top_msg_id?: number; reply_to_peer_id?: InputPeer; quote_text?: string; quote_entities?: MessageEntity[]; quote_offset?: number; monoforum_peer_id?: InputPeer; todo_item_id?: number; poll_option?: Bytes }
export interface inputReplyToMonoForum { _: "inputReplyToMonoForum"; monoforum_peer_id: InputPeer }
export interface inputReplyToStory { _: "inputReplyToStory"; peer: InputPeer; story_id: number }
export type InputReplyTo = inputReplyToEphemeralMessage | inputReplyToMessage | inputReplyToMonoForum | inputReplyToStory;
export interface inputRichFileDocument { _: "inputRichFileDocument"; id: string; document: InputDocument }
export interface inputRichFilePhoto { _: "inputRichFilePhoto"; id: string; photo: InputPhoto }
export type InputRichFile = inputRichFileDocument | inputRichFilePhoto;
export interface inputRichMessage { _: "inputRichMessage"; rtl?: boolean; noautolink?: boolean; blocks: PageBlock[]; photos?: InputPhoto[]; documents?: InputDocument[]; users?: InputUser[] }
export interface inputRichMessageHTML { _: "inputRichMessageHTML"; rtl?: boolean; noautolink?: boolean; html: string; files?: InputRichFile[] }
export interface inputRichMessageMarkdown { _: "inputRichMessageMarkdown"; rtl?: boolean; noautolink?: boolean; markdown: string; files?: InputRichFile[] }
export type InputRichMessage = inputRichMessage | inputRichMessageHTML | inputRichMessageMarkdown;
export interface inputSingleMedia { _: "inputSingleMedia"; media: InputMedia; random_id: Long; message: string; entities?: MessageEntity[] }
export type InputSingleMedia = inputSingleMedia;
export interface inputStickerSetAnimatedEmoji { _: "inputStickerSetAnimatedEmoji" }
export interface inputStickerSetAnimatedEmojiAnimations { _: "inputStickerSetAnimatedEmojiAnimations" }
export interface inputStickerSetDice { _: "inputStickerSetDice"; emoticon: string }
export interface inputStickerSetEmojiChannelDefaultStatuses { _: "inputStickerSetEmojiChannelDefaultStatuses" }
export interface inputStickerSetEmojiDefaultStatuses { _: "inputStickerSetEmojiDefaultStatuses" }
export interface inputStickerSetEmojiDefaultTopicIcons { _: "inputStickerSetEmojiDefaultTopicIcons" }
export interface inputStickerSetEmojiGenericAnimations { _: "inputStickerSetEmojiGenericAnimations" }
export interface inputStickerSetEmpty { _: "inputStickerSetEmpty" }
export interface inputStickerSetID { _: "inputStickerSetID"; id: Long; access_hash: Long }
export interface inputStickerSetPremiumGifts { _: "inputStickerSetPremiumGifts" }
export interface inputStickerSetShortName { _: "inputStickerSetShortName"; short_name: string }
export interface inputStickerSetTonGifts { _: "inputStickerSetTonGifts" }
export type InputStickerSet = inputStickerSetAnimatedEmoji | inputStickerSetAnimatedEmojiAnimations | inputStickerSetDice | inputStickerSetEmojiChannelDefaultStatuses | inputStickerSetEmojiDefaultStatuses | inputStickerSetEmojiDefaultTopicIcons | inputStickerSetEmojiGenericAnimations | inputStickerSetEmpty | inputStickerSetID | inputStickerSetPremiumGifts | inputStickerSetShortName | inputStickerSetTonGifts;
export interface inputUser { _: "inputUser"; user_id: Long; access_hash: Long }
export interface inputUserEmpty { _: "inputUserEmpty" }
export interface inputUserFromMessage { _: "inputUserFromMessage"; peer: InputPeer; msg_id: number; user_id: Long }
export interface inputUserSelf { _: "inputUserSelf" }
export type InputUser = inputUser | inputUserEmpty | inputUserFromMessage | inputUserSelf;
export interface inputWebDocument { _: "inputWebDocument"; url: string; size: number; mime_type: string; attributes: DocumentAttribute[] }
export type InputWebDocument = inputWebDocument;
export interface invoice { _: "invoice"; test?: boolean; name_requested?: boolean; phone_requested?: boolean; email_requested?: boolean; shipping_address_requested?: boolean; flexible?: boolean; phone_to_provider?: boolean; email_to_provider?: boolean; recurring?: boolean; currency: string; prices: LabeledPrice[]; max_tip_amount?: Long; suggested_tip_amounts?: Long[]; terms_url?: string; subscription_period?: number }
export type Invoice = invoice;
export interface joinChatBotResultApproved { _: "joinChatBotResultApproved" }
export interface joinChatBotResultDeclined { _: "joinChatBotResultDeclined" }
export interface joinChatBotResultQueued { _: "joinChatBotResultQueued" }
export interface joinChatBotResultWebView { _: "joinChatBotResultWebView"; url: string }
export type JoinChatBotResult = joinChatBotResultApproved | joinChatBotResultDeclined | joinChatBotResultQueued | joinChatBotResultWebView;
export interface keyboardButton { _: "keyboardButton"; style?: KeyboardButtonStyle; text: string; type: ButtonType }
export type KeyboardButton = keyboardButton;
export interface keyboardButtonRow { _: "keyboardButtonRow"; buttons: KeyboardButton[] }
export type KeyboardButtonRow = keyboardButtonRow;
export interface keyboardButtonStyle { _: "keyboardButtonStyle"; bg_primary?: boolean; bg_danger?: boolean; bg_success?: boolean; icon?: Long }
export type KeyboardButtonStyle = keyboardButtonStyle;
export interface keyboardInlineButton { _: "keyboardInlineButton"; style?: KeyboardButtonStyle; text: string; type: InlineButtonType }
export type KeyboardInlineButton = keyboardInlineButton;
export interface keyboardInlineButtonRow { _: "keyboardInlineButtonRow"; buttons: KeyboardInlineButton[] }
export type KeyboardInlineButtonRow = keyboardInlineButtonRow;
export interface labeledPrice { _: "labeledPrice"; label: string; amount: Long }
export type LabeledPrice = labeledPrice;
export interface langPackDifference { _: "langPackDifference"; lang_code: string; from_version: number; version: number; strings: LangPackString[] }
export type LangPackDifference = langPackDifference;
export interface langPackString { _: "langPackString"; key: string; value: string }
export interface langPackStringDeleted { _: "langPackStringDeleted"; key: string }
export interface langPackStringPluralized { _: "langPackStringPluralized"; key: string; zero_value?: string; one_value?: string; two_value?: string; few_value?: string; many_value?: string; other_value: string }
export type LangPackString = langPackString | langPackStringDeleted | langPackStringPluralized;
export interface maskCoords { _: "maskCoords"; n: number; x: number; y: number; zoom: number }
export type MaskCoords = maskCoords;
export interface inputMediaAreaChannelPost { _: "inputMediaAreaChannelPost"; coordinates: MediaAreaCoordinates; channel: InputChannel; msg_id: number }
export interface inputMediaAreaVenue { _: "inputMediaAreaVenue"; coordinates: MediaAreaCoordinates; query_id: Long; result_id: string }
export interface mediaAreaChannelPost { _: "mediaAreaChannelPost"; coordinates: MediaAreaCoordinates; channel_id: Long; msg_id: number }
export interface mediaAreaGeoPoint { _: "mediaAreaGeoPoint"; coordinates: MediaAreaCoordinates; geo: GeoPoint; address?: GeoPointAddress }
export interface mediaAreaStarGift { _: "mediaAreaStarGift"; coordinates: MediaAreaCoordinates; slug: string }
export interface mediaAreaSuggestedReaction { _: "mediaAreaSuggestedReaction"; dark?: boolean; flipped?: boolean; coordinates: MediaAreaCoordinates; reaction: Reaction }
export interface mediaAreaUrl { _: "mediaAreaUrl"; coordinates: MediaAreaCoordinates; url: string }
export interface mediaAreaVenue { _: "mediaAreaVenue"; coordinates: MediaAreaCoordinates; geo: GeoPoint; title: string; address: string; provider: string; venue_id: string; venue_type: string }
export interface mediaAreaWeather { _: "mediaAreaWeather"; coordinates: MediaAreaCoordinates; emoji: string; temperature_c: number; color: number }
export type MediaArea = inputMediaAreaChannelPost | inputMediaAreaVenue | mediaAreaChannelPost | mediaAreaGeoPoint | mediaAreaStarGift | mediaAreaSuggestedReaction | mediaAreaUrl | mediaAreaVenue | mediaAreaWeather;
export interface mediaAreaCoordinates { _: "mediaAreaCoordinates"; x: number; y: number; w: number; h: number; rotation: number; radius?: number }
export type MediaAreaCoordinates = mediaAreaCoordinates;
export interface message { _: "message"; out?: boolean; mentioned?: boolean; media_unread?: boolean; silent?: boolean; post?: boolean; from_scheduled?: boolean; legacy?: boolean; edit_hide?: boolean; pinned?: boolean; noforwards?: boolean; invert_media?: boolean; offline?: boolean; video_processing_pending?: boolean; paid_suggested_post_stars?: boolean; paid_suggested_post_ton?: boolean; id: number; from_id?: Peer; from_boosts_applied?: number; from_rank?: string; peer_id: Peer; saved_peer_id?: Peer; fwd_from?: MessageFwdHeader; via_bot_id?: Long; via_business_bot_id?: Long; guestchat_via_from?: Peer; reply_to?: MessageReplyHeader; date: number; message: string; media?: MessageMedia; reply_markup?: ReplyMarkup; entities?: MessageEntity[]; views?: number; forwards?: number; replies?: MessageReplies; edit_date?: number; post_author?: string; grouped_id?: Long; reactions?: MessageReactions; restriction_reason?: RestrictionReason[]; ttl_period?: number; quick_reply_shortcut_id?: number; effect?: Long; factcheck?: FactCheck; report_delivery_until_date?: number; paid_message_stars?: Long; suggested_post?: SuggestedPost; schedule_repeat_period?: number; summary_from_language?: string; rich_message?: RichMessage }
export interface messageEmpty { _: "messageEmpty"; id: number; peer_id?: Peer }
export interface messageService { _: "messageService"; out?: boolean; mentioned?: boolean; media_unread?: boolean; reactions_are_possible?: boolean; silent?: boolean; post?: boolean; legacy?: boolean; id: number; from_id?: Peer; peer_id: Peer; saved_peer_id?: Peer; reply_to?: MessageReplyHeader; date: number; action: MessageAction; reactions?: MessageReactions; ttl_period?: number }
export type Message = message | messageEmpty | messageService;
export interface messageActionBoostApply { _: "messageActionBoostApply"; boosts: number }
export interface messageActionBotAllowed { _: "messageActionBotAllowed"; attach_menu?: boolean; from_request?: boolean; domain?: string; app?: BotApp }
export interface messageActionChangeCommunity { _: "messageActionChangeCommunity"; community_id?: Long }
export interface messageActionChangeCreator { _: "messageActionChangeCreator"; new_creator_id: Long }
export interface messageActionChannelCreate { _: "messageActionChannelCreate"; title: string }
export interface messageActionChannelMigrateFrom { _: "messageActionChannelMigrateFrom"; title: string; chat_id: Long }
export interface messageActionChatAddUser { _: "messageActionChatAddUser"; users: Long[] }
export interface messageActionChatCreate { _: "messageActionChatCreate"; title: string; users: Long[] }
export interface messageActionChatDeletePhoto { _: "messageActionChatDeletePhoto" }
export interface messageActionChatDeleteUser { _: "messageActionChatDeleteUser"; user_id: Long }
export interface messageActionChatEditPhoto { _: "messageActionChatEditPhoto"; photo: Photo }
export interface messageActionChatEditTitle { _: "messageActionChatEditTitle"; title: string }
export interface messageActionChatJoinedByLink { _: "messageActionChatJoinedByLink"; inviter_id: Long }
export interface messageActionChatJoinedByRequest { _: "messageActionChatJoinedByRequest" }
export interface messageActionChatJoinedViaCommunity { _: "messageActionChatJoinedViaCommunity"; community_id: Long }
export interface messageActionChatMigrateTo { _: "messageActionChatMigrateTo"; channel_id: Long }
export interface messageActionConferenceCall { _: "messageActionConferenceCall"; missed?: boolean; active?: boolean; video?: boolean; call_id: Long; duration?: number; other_participants?: Peer[] }
export interface messageActionContactSignUp { _: "messageActionContactSignUp" }
export interface messageActionCustomAction { _: "messageActionCustomAction"; message: string }
export interface messageActionEmpty { _: "messageActionEmpty" }
export interface messageActionGameScore { _: "messageActionGameScore"; game_id: Long; score: number }
export interface messageActionGeoProximityReached { _: "messageActionGeoProximityReached"; from_id: Peer; to_id: Peer; distance: number }
export interface messageActionGiftCode { _: "messageActionGiftCode"; via_giveaway?: boolean; unclaimed?: boolean; boost_peer?: Peer; days: number; slug: string; currency?: string; amount?: Long; crypto_currency?: string; crypto_amount?: Long; message?: TextWithEntities }
export interface messageActionGiftPremium { _: "messageActionGiftPremium"; currency: string; amount: Long; days: number; crypto_currency?: string; crypto_amount?: Long; message?: TextWithEntities }
export interface messageActionGiftStars { _: "messageActionGiftStars"; currency: string; amount: Long; stars: Long; crypto_currency?: string; crypto_amount?: Long; transaction_id?: string }
export interface messageActionGiftTon { _: "messageActionGiftTon"; currency: string; amount: Long; crypto_currency: string; crypto_amount: Long; transaction_id?: string }
export interface messageActionGiveawayLaunch { _: "messageActionGiveawayLaunch"; stars?: Long }
export interface messageActionGiveawayResults { _: "messageActionGiveawayResults"; stars?: boolean; winners_count: number; unclaimed_count: number }
export interface messageActionGroupCall { _: "messageActionGroupCall"; call: InputGroupCall; duration?: number }
export interface messageActionGroupCallScheduled { _: "messageActionGroupCallScheduled"; call: InputGroupCall; schedule_date: number }
export interface messageActionHistoryClear { _: "messageActionHistoryClear" }
export interface messageActionInviteToGroupCall { _: "messageActionInviteToGroupCall"; call: InputGroupCall; users: Long[] }
export interface messageActionManagedBotCreated { _: "messageActionManagedBotCreated"; bot_id: Long }
export interface messageActionNewCreatorPending { _: "messageActionNewCreatorPending"; new_creator_id: Long }
export interface messageActionNoForwardsRequest { _: "messageActionNoForwardsRequest"; expired?: boolean; prev_value: boolean; new_value: boolean }
export interface messageActionNoForwardsToggle { _: "messageActionNoForwardsToggle"; prev_value: boolean; new_value: boolean }
export interface messageActionPaidMessagesPrice { _: "messageActionPaidMessagesPrice"; broadcast_messages_allowed?: boolean; stars: Long }
export interface messageActionPaidMessagesRefunded { _: "messageActionPaidMessagesRefunded"; count: number; stars: Long }
export interface messageActionPaymentRefunded { _: "messageActionPaymentRefunded"; peer: Peer; currency: string; total_amount: Long; payload?: Bytes; charge: PaymentCharge }
export interface messageActionPaymentSent { _: "messageActionPaymentSent"; recurring_init?: boolean; recurring_used?: boolean; currency: string; total_amount: Long; invoice_slug?: string; subscription_until_date?: number }
export interface messageActionPaymentSentMe { _: "messageActionPaymentSentMe"; recurring_init?: boolean; recurring_used?: boolean; currency: string; total_amount: Long; payload: Bytes; info?: PaymentRequestedInfo; shipping_option_id?: string; charge: PaymentCharge; subscription_until_date?: number }
export interface messageActionPhoneCall { _: "messageActionPhoneCall"; video?: boolean; call_id: Long; reason?: PhoneCallDiscardReason; duration?: number }
export interface messageActionPinMessage { _: "messageActionPinMessage" }
export interface messageActionPollAppendAnswer { _: "messageActionPollAppendAnswer"; answer: PollAnswer }
export interface messageActionPollDeleteAnswer { _: "messageActionPollDeleteAnswer"; answer: PollAnswer }
export interface messageActionPrizeStars { _: "messageActionPrizeStars"; unclaimed?: boolean; stars: Long; transaction_id: string; boost_peer: Peer; giveaway_msg_id: number }
export interface messageActionRequestedPeer { _: "messageActionRequestedPeer"; button_id: number; peers: Peer[] }
export interface messageActionRequestedPeerSentMe { _: "messageActionRequestedPeerSentMe"; button_id: number; peers: RequestedPeer[] }
export interface messageActionScreenshotTaken { _: "messageActionScreenshotTaken" }
export interface messageActionSecureValuesSent { _: "messageActionSecureValuesSent"; types: SecureValueType[] }
export interface messageActionSecureValuesSentMe { _: "messageActionSecureValuesSentMe"; values: SecureValue[]; credentials: SecureCredentialsEncrypted }
export interface messageActionSetChatTheme { _: "messageActionSetChatTheme"; theme: ChatTheme }
export interface messageActionSetChatWallPaper { _: "messageActionSetChatWallPaper"; same?: boolean; for_both?: boolean; wallpaper: WallPaper }
export interface messageActionSetMessagesTTL { _: "messageActionSetMessagesTTL"; period: number; auto_setting_from?: Long }
export interface messageActionStarGift { _: "messageActionStarGift"; name_hidden?: boolean; saved?: boolean; converted?: boolean; upgraded?: boolean; refunded?: boolean; can_upgrade?: boolean; prepaid_upgrade?: boolean; upgrade_separate?: boolean; auction_acquired?: boolean; gift: StarGift; message?: TextWithEntities; convert_stars?: Long; upgrade_msg_id?: number; upgrade_stars?: Long; from_id?: Peer; peer?: Peer; saved_id?: Long; prepaid_upgrade_hash?: string; gift_msg_id?: number; to_id?: Peer; gift_num?: number }
export interface messageActionStarGiftPurchaseOffer { _: "messageActionStarGiftPurchaseOffer"; accepted?: boolean; declined?: boolean; gift: StarGift; price: StarsAmount; expires_at: number }
export interface messageActionStarGiftPurchaseOfferDeclined { _: "messageActionStarGiftPurchaseOfferDeclined"; expired?: boolean; gift: StarGift; price: StarsAmount }
export interface messageActionStarGiftUnique { _: "messageActionStarGiftUnique"; upgrade?: boolean; transferred?: boolean; saved?: boolean; refunded?: boolean; prepaid_upgrade?: boolean; assigned?: boolean; from_offer?: boolean; craft?: boolean; name_hidden?: boolean; gift: StarGift; can_export_at?: number; transfer_stars?: Long; from_id?: Peer; peer?: Peer; saved_id?: Long; resale_amount?: StarsAmount; can_transfer_at?: number; can_resell_at?: number; drop_original_details_stars?: Long; can_craft_at?: number; message?: TextWithEntities }
export interface messageActionSuggestBirthday { _: "messageActionSuggestBirthday"; birthday: Birthday }
export interface messageActionSuggestProfilePhoto { _: "messageActionSuggestProfilePhoto"; photo: Photo }
export interface messageActionSuggestedPostApproval { _: "messageActionSuggestedPostApproval"; rejected?: boolean; balance_too_low?: boolean; reject_comment?: string; schedule_date?: number; price?: StarsAmount }
export interface messageActionSuggestedPostRefund { _: "messageActionSuggestedPostRefund"; payer_initiated?: boolean }
export interface messageActionSuggestedPostSuccess { _: "messageActionSuggestedPostSuccess"; price: StarsAmount }
export interface messageActionTodoAppendTasks { _: "messageActionTodoAppendTasks"; list: TodoItem[] }
export interface messageActionTodoCompletions { _: "messageActionTodoCompletions"; completed: number[]; incompleted: number[] }
export interface messageActionTopicCreate { _: "messageActionTopicCreate"; title_missing?: boolean; title: string; icon_color: number; icon_emoji_id?: Long }
export interface messageActionTopicEdit { _: "messageActionTopicEdit"; title?: string; icon_emoji_id?: Long; closed?: boolean; hidden?: boolean }
export interface messageActionWebViewDataSent { _: "messageActionWebViewDataSent"; text: string }
export interface messageActionWebViewDataSentMe { _: "messageActionWebViewDataSentMe"; text: string; data: string }
export type MessageAction = messageActionBoostApply | messageActionBotAllowed | messageActionChangeCommunity | messageActionChangeCreator | messageActionChannelCreate | messageActionChannelMigrateFrom | messageActionChatAddUser | messageActionChatCreate | messageActionChatDeletePhoto | messageActionChatDeleteUser | messageActionChatEditPhoto | messageActionChatEditTitle | messageActionChatJoinedByLink | messageActionChatJoinedByRequest | messageActionChatJoinedViaCommunity | messageActionChatMigrateTo | messageActionConferenceCall | messageActionContactSignUp | messageActionCustomAction | messageActionEmpty | messageActionGameScore | messageActionGeoProximityReached | messageActionGiftCode | messageActionGiftPremium | messageActionGiftStars | messageActionGiftTon | messageActionGiveawayLaunch | messageActionGiveawayResults | messageActionGroupCall | messageActionGroupCallScheduled | messageActionHistoryClear | messageActionInviteToGroupCall | messageActionManagedBotCreated | messageActionNewCreatorPending | messageActionNoForwardsRequest | messageActionNoForwardsToggle | messageActionPaidMessagesPrice | messageActionPaidMessagesRefunded | messageActionPaymentRefunded | messageActionPaymentSent | messageActionPaymentSentMe | messageActionPhoneCall | messageActionPinMessage | messageActionPollAppendAnswer | messageActionPollDeleteAnswer | messageActionPrizeStars | messageActionRequestedPeer | messageActionRequestedPeerSentMe | messageActionScreenshotTaken | messageActionSecureValuesSent | messageActionSecureValuesSentMe | messageActionSetChatTheme | messageActionSetChatWallPaper | messageActionSetMessagesTTL | messageActionStarGift | messageActionStarGiftPurchaseOffer | messageActionStarGiftPurchaseOfferDeclined | messageActionStarGiftUnique | messageActionSuggestBirthday | messageActionSuggestProfilePhoto | messageActionSuggestedPostApproval | messageActionSuggestedPostRefund | messageActionSuggestedPostSuccess | messageActionTodoAppendTasks | messageActionTodoCompletions | messageActionTopicCreate | messageActionTopicEdit | messageActionWebViewDataSent | messageActionWebViewDataSentMe;
export interface inputMessageEntityMentionName { _: "inputMessageEntityMentionName"; offset: number; length: number; user_id: InputUser }
export interface messageEntityBankCard { _: "messageEntityBankCard"; offset: number; length: number }
export interface messageEntityBlockquote { _: "messageEntityBlockquote"; collapsed?: boolean; offset: number; length: number }
export interface messageEntityBold { _: "messageEntityBold"; offset: number; length: number }
export interface messageEntityBotCommand { _: "messageEntityBotCommand"; offset: number; length: number }
export interface messageEntityCashtag { _: "messageEntityCashtag"; offset: number; length: number }
export interface messageEntityCode { _: "messageEntityCode"; offset: number; length: number }
export interface messageEntityCustomEmoji { _: "messageEntityCustomEmoji"; offset: number; length: number; document_id: Long }
export interface messageEntityDiffDelete { _: "messageEntityDiffDelete"; offset: number; length: number }
export interface messageEntityDiffInsert { _: "messageEntityDiffInsert"; offset: number; length: number }
export interface messageEntityDiffReplace { _: "messageEntityDiffReplace"; offset: number; length: number; old_text: string }
export interface messageEntityEmail { _: "messageEntityEmail"; offset: number; length: number }
export interface messageEntityFormattedDate { _: "messageEntityFormattedDate"; relative?: boolean; short_time?: boolean; long_time?: boolean; short_date?: boolean; long_date?: boolean; day_of_week?: boolean; offset: number; length: number; date: number }
export interface messageEntityHashtag { _: "messageEntityHashtag"; offset: number; length: number }
export interface messageEntityItalic { _: "messageEntityItalic"; offset: number; length: number }
export interface messageEntityMention { _: "messageEntityMention"; offset: number; length: number }
export interface messageEntityMentionName { _: "messageEntityMentionName"; offset: number; length: number; user_id: Long }
export interface messageEntityPhone { _: "messageEntityPhone"; offset: number; length: number }
export interface messageEntityPre { _: "messageEntityPre"; offset: number; length: number; language: string }
export interface messageEntitySpoiler { _: "messageEntitySpoiler"; offset: number; length: number }
export interface messageEntityStrike { _: "messageEntityStrike"; offset: number; length: number }
export interface messageEntityTextUrl { _: "messageEntityTextUrl"; offset: number; length: number; url: string }
export interface messageEntityUnderline { _: "messageEntityUnderline"; offset: number; length: number }
export interface messageEntityUnknown { _: "messageEntityUnknown"; offset: number; length: number }
export interface messageEntityUrl { _: "messageEntityUrl"; offset: number; length: number }
export type MessageEntity = inputMessageEntityMentionName | messageEntityBankCard | messageEntityBlockquote | messageEntityBold | messageEntityBotCommand | messageEntityCashtag | messageEntityCode | messageEntityCustomEmoji | messageEntityDiffDelete | messageEntityDiffInsert | messageEntityDiffReplace | messageEntityEmail | messageEntityFormattedDate | messageEntityHashtag | messageEntityItalic | messageEntityMention | messageEntityMentionName | messageEntityPhone | messageEntityPre | messageEntitySpoiler | messageEntityStrike | messageEntityTextUrl | messageEntityUnderline | messageEntityUnknown | messageEntityUrl;
export interface messageExtendedMedia { _: "messageExtendedMedia"; media: MessageMedia }
export interface messageExtendedMediaPreview { _: "messageExtendedMediaPreview"; w?: number; h?: number; thumb?: PhotoSize; video_duration?: number }
export type MessageExtendedMedia = messageExtendedMedia | messageExtendedMediaPreview;
export interface messageFwdHeader { _: "messageFwdHeader"; imported?: boolean; saved_out?: boolean; from_id?: Peer; from_name?: string; date: number; channel_post?: number; post_author?: string; saved_from_peer?: Peer; saved_from_msg_id?: number; saved_from_id?: Peer; saved_from_name?: string; saved_date?: number; psa_type?: string }
export type MessageFwdHeader = messageFwdHeader;
export interface messageMediaContact { _: "messageMediaContact"; phone_number: string; first_name: string; last_name: string; vcard: string; user_id: Long }
export interface messageMediaDice { _: "messageMediaDice"; value: number; emoticon: string; game_outcome?: messages_EmojiGameOutcome }
export interface messageMediaDocument { _: "messageMediaDocument"; nopremium?: boolean; spoiler?: boolean; video?: boolean; round?: boolean; voice?: boolean; document?: Document; alt_documents?: Document[]; video_cover?: Photo; video_timestamp?: number; ttl_seconds?: number }
export interface messageMediaEmpty { _: "messageMediaEmpty" }
export interface messageMediaGame { _: "messageMediaGame"; game: Game }
export interface messageMediaGeo { _: "messageMediaGeo"; geo: GeoPoint }
export interface messageMediaGeoLive { _: "messageMediaGeoLive"; geo: GeoPoint; heading?: number; period: number; proximity_notification_radius?: number }
export interface messageMediaGiveaway { _: "messageMediaGiveaway"; only_new_subscribers?: boolean; winners_are_visible?: boolean; channels: Long[]; countries_iso2?: string[]; prize_description?: string; quantity: number; months?: number; stars?: Long; until_date: number }
export interface messageMediaGiveawayResults { _: "messageMediaGiveawayResults"; only_new_subscribers?: boolean; refunded?: boolean; channel_id: Long; additional_peers_count?: number; launch_msg_id: number; winners_count: number; unclaimed_count: number; winners: Long[]; months?: number; stars?: Long; prize_description?: string; until_date: number }
export interface messageMediaInvoice { _: "messageMediaInvoice"; shipping_address_requested?: boolean; test?: boolean; title: string; description: string; photo?: WebDocument; receipt_msg_id?: number; currency: string; total_amount: Long; start_param: string; extended_media?: MessageExtendedMedia }
export interface messageMediaPaidMedia { _: "messageMediaPaidMedia"; stars_amount: Long; extended_media: MessageExtendedMedia[] }
export interface messageMediaPhoto { _: "messageMediaPhoto"; spoiler?: boolean; live_photo?: boolean; photo?: Photo; ttl_seconds?: number; video?: Document }
export interface messageMediaPoll { _: "messageMediaPoll"; poll: Poll; results: PollResults; attached_media?: MessageMedia }
export interface messageMediaStory { _: "messageMediaStory"; via_mention?: boolean; peer: Peer; id: number; story?: StoryItem }
export interface messageMediaToDo { _: "messageMediaToDo"; todo: TodoList; completions?: TodoCompletion[] }
export interface messageMediaUnsupported { _: "messageMediaUnsupported" }
export interface messageMediaVenue { _: "messageMediaVenue"; geo: GeoPoint; title: string; address: string; provider: string; venue_id: string; venue_type: string }
export interface messageMediaVideoStream { _: "messageMediaVideoStream"; rtmp_stream?: boolean; call: InputGroupCall }
export interface messageMediaWebPage { _: "messageMediaWebPage"; force_large_media?: boolean; force_small_media?: boolean; manual?: boolean; safe?: boolean; webpage: WebPage }
export type MessageMedia = messageMediaContact | messageMediaDice | messageMediaDocument | messageMediaEmpty | messageMediaGame | messageMediaGeo | messageMediaGeoLive | messageMediaGiveaway | messageMediaGiveawayResults | messageMediaInvoice | messageMediaPaidMedia | messageMediaPhoto | messageMediaPoll | messageMediaStory | messageMediaToDo | messageMediaUnsupported | messageMediaVenue | messageMediaVideoStream | messageMediaWebPage;
export interface messagePeerReaction { _: "messagePeerReaction"; big?: boolean; unread?: boolean; my?: boolean; peer_id: Peer; date: number; reaction: Reaction }
export type MessagePeerReaction = messagePeerReaction;
export interface messagePeerVote { _: "messagePeerVote"; peer: Peer; option: Bytes; date: number }
export interface messagePeerVoteInputOption { _: "messagePeerVoteInputOption"; peer: Peer; date: number }
export interface messagePeerVoteMultiple { _: "messagePeerVoteMultiple"; peer: Peer; options: Bytes[]; date: number }
export type MessagePeerVote = messagePeerVote | messagePeerVoteInputOption | messagePeerVoteMultiple;
export interface messageRange { _: "messageRange"; min_id: number; max_id: number }
export type MessageRange = messageRange;
export interface messageReactions { _: "messageReactions"; min?: boolean; can_see_list?: boolean; reactions_as_tags?: boolean; results: ReactionCount[]; recent_reactions?: MessagePeerReaction[]; top_reactors?: MessageReactor[] }
export type MessageReactions = messageReactions;
export interface messageReactor { _: "messageReactor"; top?: boolean; my?: boolean; anonymous?: boolean; peer_id?: Peer; count: number }
export type MessageReactor = messageReactor;
export interface messageReplies { _: "messageReplies"; comments?: boolean; replies: number; replies_pts: number; recent_repliers?: Peer[]; channel_id?: Long; max_id?: number; read_max_id?: number }
export type MessageReplies = messageReplies;
export interface messageReplyHeader { _: "messageReplyHeader"; reply_to_scheduled?: boolean; forum_topic?: boolean; quote?: boolean; reply_to_ephemeral?: boolean; reply_to_msg_id?: number; reply_to_peer_id?: Peer; reply_from?: MessageFwdHeader; reply_media?: MessageMedia; reply_to_top_id?: number; quote_text?: string; quote_entities?: MessageEntity[]; quote_offset?: number; todo_item_id?: number; poll_option?: Bytes }
export interface messageReplyStoryHeader { _: "messageReplyStoryHeader"; peer: Peer; story_id: number }
export type MessageReplyHeader = messageReplyHeader | messageReplyStoryHeader;
export interface messageReportOption { _: "messageReportOption"; text: string; option: Bytes }
export type MessageReportOption = messageReportOption;
export interface messageViews { _: "messageViews"; views?: number; forwards?: number; replies?: MessageReplies }
export type MessageViews = messageViews;
export interface inputMessagesFilterChatPhotos { _: "inputMessagesFilterChatPhotos" }
export interface inputMessagesFilterContacts { _: "inputMessagesFilterContacts" }
export interface inputMessagesFilterDocument { _: "inputMessagesFilterDocument" }
export interface inputMessagesFilterEmpty { _: "inputMessagesFilterEmpty" }
export interface inputMessagesFilterGeo { _: "inputMessagesFilterGeo" }
export interface inputMessagesFilterGif { _: "inputMessagesFilterGif" }
export interface inputMessagesFilterMusic { _: "inputMessagesFilterMusic" }
export interface inputMessagesFilterMyMentions { _: "inputMessagesFilterMyMentions" }
export interface inputMessagesFilterPhoneCalls { _: "inputMessagesFilterPhoneCalls"; missed?: boolean }
export interface inputMessagesFilterPhotoVideo { _: "inputMessagesFilterPhotoVideo" }
export interface inputMessagesFilterPhotos { _: "inputMessagesFilterPhotos" }
export interface inputMessagesFilterPinned { _: "inputMessagesFilterPinned" }
export interface inputMessagesFilterPoll { _: "inputMessagesFilterPoll" }
export interface inputMessagesFilterRoundVideo { _: "inputMessagesFilterRoundVideo" }
export interface inputMessagesFilterRoundVoice { _: "inputMessagesFilterRoundVoice" }
export interface inputMessagesFilterUrl { _: "inputMessagesFilterUrl" }
export interface inputMessagesFilterVideo { _: "inputMessagesFilterVideo" }
export interface inputMessagesFilterVoice { _: "inputMessagesFilterVoice" }
export type MessagesFilter = inputMessagesFilterChatPhotos | inputMessagesFilterContacts | inputMessagesFilterDocument | inputMessagesFilterEmpty | inputMessagesFilterGeo | inputMessagesFilterGif | inputMessagesFilterMusic | inputMessagesFilterMyMentions | inputMessagesFilterPhoneCalls | inputMessagesFilterPhotoVideo | inputMessagesFilterPhotos | inputMessagesFilterPinned | inputMessagesFilterPoll | inputMessagesFilterRoundVideo | inputMessagesFilterRoundVoice | inputMessagesFilterUrl | inputMessagesFilterVideo | inputMessagesFilterVoice;
export interface missingInvitee { _: "missingInvitee"; premium_would_allow_invite?: boolean; premium_required_for_pm?: boolean; user_id: Long }
export type MissingInvitee = missingInvitee;
export interface notificationSoundDefault { _: "notificationSoundDefault" }
export interface notificationSoundLocal { _: "notificationSoundLocal"; title: string; data: string }
export interface notificationSoundNone { _: "notificationSoundNone" }
export interface notificationSoundRingtone { _: "notificationSoundRingtone"; id: Long }
export type NotificationSound = notificationSoundDefault | notificationSoundLocal | notificationSoundNone | notificationSoundRingtone;
export interface notifyBroadcasts { _: "notifyBroadcasts" }
export interface notifyChats { _: "notifyChats" }
export interface notifyCommunity { _: "notifyCommunity"; community_id: Long }
export interface notifyForumTopic { _: "notifyForumTopic"; peer: Peer; top_msg_id: number }
export interface notifyPeer { _: "notifyPeer"; peer: Peer }
export interface notifyUsers { _: "notifyUsers" }
export type NotifyPeer = notifyBroadcasts | notifyChats | notifyCommunity | notifyForumTopic | notifyPeer | notifyUsers;
export interface page { _: "page"; part?: boolean; rtl?: boolean; v2?: boolean; url: string; blocks: PageBlock[]; photos: Photo[]; documents: Document[]; views?: number }
export type Page = page;
export interface inputPageBlockMap { _: "inputPageBlockMap"; geo: InputGeoPoint; zoom: number; w: number; h: number; caption: PageCaption }
export interface pageBlockAnchor { _: "pageBlockAnchor"; name: string }
export interface pageBlockAudio { _: "pageBlockAudio"; audio_id: Long; caption: PageCaption }
export interface pageBlockAuthorDate { _: "pageBlockAuthorDate"; author: RichText; published_date: number }
export interface pageBlockBlockquote { _: "pageBlockBlockquote"; collapsed?: boolean; text: RichText; caption: RichText }
export interface pageBlockBlockquoteBlocks { _: "pageBlockBlockquoteBlocks"; blocks: PageBlock[]; caption: RichText }
export interface pageBlockButtonRow { _: "pageBlockButtonRow"; align_left?: boolean; align_center?: boolean; align_right?: boolean; buttons: PageButton[] }
export interface pageBlockChannel { _: "pageBlockChannel"; channel: Chat }
export interface pageBlockCollage { _: "pageBlockCollage"; items: PageBlock[]; caption: PageCaption }
export interface pageBlockCover { _: "pageBlockCover"; cover: PageBlock }
export interface pageBlockDetails { _: "pageBlockDetails"; open?: boolean; blocks: PageBlock[]; title: RichText }
export interface pageBlockDivider { _: "pageBlockDivider" }
export interface pageBlockDocument { _: "pageBlockDocument"; document_id: Long; caption: PageCaption }
export interface pageBlockEmbed { _: "pageBlockEmbed"; full_width?: boolean; allow_scrolling?: boolean; url?: string; html?: string; poster_photo_id?: Long; w?: number; h?: number; caption: PageCaption }
export interface pageBlockEmbedPost { _: "pageBlockEmbedPost"; url: string; webpage_id: Long; author_photo_id: Long; author: string; date: number; blocks: PageBlock[]; caption: PageCaption }
export interface pageBlockFooter { _: "pageBlockFooter"; text: RichText }
export interface pageBlockHeader { _: "pageBlockHeader"; text: RichText }
export interface pageBlockHeading1 { _: "pageBlockHeading1"; text: RichText }
export interface pageBlockHeading2 { _: "pageBlockHeading2"; text: RichText }
export interface pageBlockHeading3 { _: "pageBlockHeading3"; text: RichText }
export interface pageBlockHeading4 { _: "pageBlockHeading4"; text: RichText }
export interface pageBlockHeading5 { _: "pageBlockHeading5"; text: RichText }
export interface pageBlockHeading6 { _: "pageBlockHeading6"; text: RichText }
export interface pageBlockKicker { _: "pageBlockKicker"; text: RichText }
export interface pageBlockList { _: "pageBlockList"; items: PageListItem[] }
export interface pageBlockMap { _: "pageBlockMap"; geo: GeoPoint; zoom: number; w: number; h: number; caption: PageCaption }
export interface pageBlockMath { _: "pageBlockMath"; source: string }
export interface pageBlockOrderedList { _: "pageBlockOrderedList"; reversed?: boolean; items: PageListOrderedItem[]; start?: number; type?: string }
export interface pageBlockParagraph { _: "pageBlockParagraph"; text: RichText }
export interface pageBlockPhoto { _: "pageBlockPhoto"; spoiler?: boolean; photo_id: Long; caption: PageCaption; url?: string; webpage_id?: Long }
export interface pageBlockPreformatted { _: "pageBlockPreformatted"; text: RichText; language: string }
export interface pageBlockPullquote { _: "pageBlockPullquote"; text: RichText; caption: RichText }
export interface pageBlockRelatedArticles { _: "pageBlockRelatedArticles"; title: RichText; articles: PageRelatedArticle[] }
export interface pageBlockSlideshow { _: "pageBlockSlideshow"; items: PageBlock[]; caption: PageCaption }
export interface pageBlockSubheader { _: "pageBlockSubheader"; text: RichText }
export interface pageBlockSubtitle { _: "pageBlockSubtitle"; text: RichText }
export interface pageBlockTable { _: "pageBlockTable"; bordered?: boolean; striped?: boolean; compact?: boolean; title: RichText; rows: PageTableRow[] }
export interface pageBlockThinking { _: "pageBlockThinking"; text: RichText }
export interface pageBlockTitle { _: "pageBlockTitle"; text: RichText }
export interface pageBlockUnsupported { _: "pageBlockUnsupported" }
export interface pageBlockVideo { _: "pageBlockVideo"; autoplay?: boolean; loop?: boolean; spoiler?: boolean; video_id: Long; caption: PageCaption }
export type PageBlock = inputPageBlockMap | pageBlockAnchor | pageBlockAudio | pageBlockAuthorDate | pageBlockBlockquote | pageBlockBlockquoteBlocks | pageBlockButtonRow | pageBlockChannel | pageBlockCollage | pageBlockCover | pageBlockDetails | pageBlockDivider | pageBlockDocument | pageBlockEmbed | pageBlockEmbedPost | pageBlockFooter | pageBlockHeader | pageBlockHeading1 | pageBlockHeading2 | pageBlockHeading3 | pageBlockHeading4 | pageBlockHeading5 | pageBlockHeading6 | pageBlockKicker | pageBlockList | pageBlockMap | pageBlockMath | pageBlockOrderedList | pageBlockParagraph | pageBlockPhoto | pageBlockPreformatted | pageBlockPullquote | pageBlockRelatedArticles | pageBlockSlideshow | pageBlockSubheader | pageBlockSubtitle | pageBlockTable | pageBlockThinking | pageBlockTitle | pageBlockUnsupported | pageBlockVideo;
export interface pageButton { _: "pageButton"; text: RichText; type: InlineButtonType; style?: RichButtonStyle }
export type PageButton = pageButton;
export interface pageCaption { _: "pageCaption"; text: RichText; credit: RichText }
export type PageCaption = pageCaption;
export interface pageListItemBlocks { _: "pageListItemBlocks"; checkbox?: boolean; checked?: boolean; blocks: PageBlock[] }
export interface pageListItemText { _: "pageListItemText"; checkbox?: boolean; checked?: boolean; text: RichText }
export type PageListItem = pageListItemBlocks | pageListItemText;
export interface pageListOrderedItemBlocks { _: "pageListOrderedItemBlocks"; checkbox?: boolean; checked?: boolean; num?: string; blocks: PageBlock[]; value?: number; type?: string }
export interface pageListOrderedItemText { _: "pageListOrderedItemText"; checkbox?: boolean; checked?: boolean; num?: string; text: RichText; value?: number; type?: string }
export type PageListOrderedItem = pageListOrderedItemBlocks | pageListOrderedItemText;
export interface pageRelatedArticle { _: "pageRelatedArticle"; url: string; webpage_id: Long; title?: string; description?: string; photo_id?: Long; author?: string; published_date?: number }
export type PageRelatedArticle = pageRelatedArticle;
export interface pageTableCell { _: "pageTableCell"; header?: boolean; align_center?: boolean; align_right?: boolean; valign_middle?: boolean; valign_bottom?: boolean; text?: RichText; colspan?: number; rowspan?: number }
export type PageTableCell = pageTableCell;
export interface pageTableRow { _: "pageTableRow"; cells: PageTableCell[] }
export type PageTableRow = pageTableRow;
export interface paidReactionPrivacyAnonymous { _: "paidReactionPrivacyAnonymous" }
export interface paidReactionPrivacyDefault { _: "paidReactionPrivacyDefault" }
export interface paidReactionPrivacyPeer { _: "paidReactionPrivacyPeer"; peer: InputPeer }
export type PaidReactionPrivacy = paidReactionPrivacyAnonymous | paidReactionPrivacyDefault | paidReactionPrivacyPeer;
export interface passkey { _: "passkey"; id: string; name: string; date: number; software_emoji_id?: Long; last_usage_date?: number }
export type Passkey = passkey;
export interface passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow { _: "passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow"; salt1: Bytes; salt2: Bytes; g: number; p: Bytes }
export interface passwordKdfAlgoUnknown { _: "passwordKdfAlgoUnknown" }
export type PasswordKdfAlgo = passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow | passwordKdfAlgoUnknown;
export interface paymentCharge { _: "paymentCharge"; id: string; provider_charge_id: string }
export type PaymentCharge = paymentCharge;
export interface paymentRequestedInfo { _: "paymentRequestedInfo"; name?: string; phone?: string; email?: string; shipping_address?: PostAddress }
export type PaymentRequestedInfo = paymentRequestedInfo;
export interface peerChannel { _: "peerChannel"; channel_id: Long }
export interface peerChat { _: "peerChat"; chat_id: Long }
export interface peerUser { _: "peerUser"; user_id: Long }
export type Peer = peerChannel | peerChat | peerUser;
export interface peerBlocked { _: "peerBlocked"; peer_id: Peer; date: number }
export type PeerBlocked = peerBlocked;
export interface inputPeerColorCollectible { _: "inputPeerColorCollectible"; collectible_id: Long }
export interface peerColor { _: "peerColor"; color?: number; background_emoji_id?: Long }
export interface peerColorCollectible { _: "peerColorCollectible"; collectible_id: Long; gift_emoji_id: Long; background_emoji_id: Long; accent_color: number; colors: number[]; dark_accent_color?: number; dark_colors?: number[] }
export type PeerColor = inputPeerColorCollectible | peerColor | peerColorCollectible;
export interface peerLocated { _: "peerLocated"; peer: Peer; expires: number; distance: number }
export interface peerSelfLocated { _: "peerSelfLocated"; expires: number }
export type PeerLocated = peerLocated | peerSelfLocated;
export interface peerNotifySettings { _: "peerNotifySettings"; show_previews?: boolean; silent?: boolean; mute_until?: number; ios_sound?: NotificationSound; android_sound?: NotificationSound; other_sound?: NotificationSound; stories_muted?: boolean; stories_hide_sender?: boolean; stories_ios_sound?: NotificationSound; stories_android_sound?: NotificationSound; stories_other_sound?: NotificationSound }
export type PeerNotifySettings = peerNotifySettings;
export interface peerSettings { _: "peerSettings"; report_spam?: boolean; add_contact?: boolean; block_contact?: boolean; share_contact?: boolean; need_contacts_exception?: boolean; report_geo?: boolean; autoarchived?: boolean; invite_members?: boolean; request_chat_broadcast?: boolean; business_bot_paused?: boolean; business_bot_can_reply?: boolean; geo_distance?: number; request_chat_title?: string; request_chat_date?: number; business_bot_id?: Long; business_bot_manage_url?: string; charge_paid_message_stars?: Long; registration_month?: string; phone_country?: string; name_change_date?: number; photo_change_date?: number }
export type PeerSettings = peerSettings;
export interface peerStories { _: "peerStories"; peer: Peer; max_read_id?: number; stories: StoryItem[] }
export type PeerStories = peerStories;
export interface phoneCall { _: "phoneCall"; p2p_allowed?: boolean; video?: boolean; conference_supported?: boolean; id: Long; access_hash: Long; date: number; admin_id: Long; participant_id: Long; g_a_or_b: Bytes; key_fingerprint: Long; protocol: PhoneCallProtocol; connections: PhoneConnection[]; start_date: number; custom_parameters?: DataJSON }
export interface phoneCallAccepted { _: "phoneCallAccepted"; video?: boolean; id: Long; access_hash: Long; date: number; admin_id: Long; participant_id: Long; g_b: Bytes; protocol: PhoneCallProtocol }
export interface phoneCallDiscarded { _: "phoneCallDiscarded"; need_rating?: boolean; need_debug?: boolean; video?: boolean; id: Long; reason?: PhoneCallDiscardReason; duration?: number }
export interface phoneCallEmpty { _: "phoneCallEmpty"; id: Long }
export interface phoneCallRequested { _: "phoneCallRequested"; video?: boolean; id: Long; access_hash: Long; date: number; admin_id: Long; participant_id: Long; g_a_hash: Bytes; protocol: PhoneCallProtocol }
export interface phoneCallWaiting { _: "phoneCallWaiting"; video?: boolean; id: Long; access_hash: Long; date: number; admin_id: Long; participant_id: Long; protocol: PhoneCallProtocol; receive_date?: number }
export type PhoneCall = phoneCall | phoneCallAccepted | phoneCallDiscarded | phoneCallEmpty | phoneCallRequested | phoneCallWaiting;
export interface phoneCallDiscardReasonBusy { _: "phoneCallDiscardReasonBusy" }
export interface phoneCallDiscardReasonDisconnect { _: "phoneCallDiscardReasonDisconnect" }
export interface phoneCallDiscardReasonHangup { _: "phoneCallDiscardReasonHangup" }
export interface phoneCallDiscardReasonMigrateConferenceCall { _: "phoneCallDiscardReasonMigrateConferenceCall"; slug: string }
export interface phoneCallDiscardReasonMissed { _: "phoneCallDiscardReasonMissed" }
export type PhoneCallDiscardReason = phoneCallDiscardReasonBusy | phoneCallDiscardReasonDisconnect | phoneCallDiscardReasonHangup | phoneCallDiscardReasonMigrateConferenceCall | phoneCallDiscardReasonMissed;
export interface phoneCallProtocol { _: "phoneCallProtocol"; udp_p2p?: boolean; udp_reflector?: boolean; min_layer: number; max_layer: number; library_versions: string[] }
export type PhoneCallProtocol = phoneCallProtocol;
export interface phoneConnection { _: "phoneConnection"; tcp?: boolean; id: Long; ip: string; ipv6: string; port: number; peer_tag: Bytes }
export interface phoneConnectionWebrtc { _: "phoneConnectionWebrtc"; turn?: boolean; stun?: boolean; id: Long; ip: string; ipv6: string; port: number; username: string; password: string }
export type PhoneConnection = phoneConnection | phoneConnectionWebrtc;
export interface photo { _: "photo"; has_stickers?: boolean; id: Long; access_hash: Long; file_reference: Bytes; date: number; sizes: PhotoSize[]; video_sizes?: VideoSize[]; dc_id: number }
export interface photoEmpty { _: "photoEmpty"; id: Long }
export type Photo = photo | photoEmpty;
export interface photoCachedSize { _: "photoCachedSize"; type: string; w: number; h: number; bytes: Bytes }
export interface photoPathSize { _: "photoPathSize"; type: string; bytes: Bytes }
export interface photoSize { _: "photoSize"; type: string; w: number; h: number; size: number }
export interface photoSizeEmpty { _: "photoSizeEmpty"; type: string }
export interface photoSizeProgressive { _: "photoSizeProgressive"; type: string; w: number; h: number; sizes: number[] }
export interface photoStrippedSize { _: "photoStrippedSize"; type: string; bytes: Bytes }
export type PhotoSize = photoCachedSize | photoPathSize | photoSize | photoSizeEmpty | photoSizeProgressive | photoStrippedSize;
export interface poll { _: "poll"; id: Long; closed?: boolean; public_voters?: boolean; multiple_choice?: boolean; quiz?: boolean; open_answers?: boolean; revoting_disabled?: boolean; shuffle_answers?: boolean; hide_results_until_close?: boolean; creator?: boolean; subscribers_only?: boolean; question: TextWithEntities; answers: PollAnswer[]; close_period?: number; close_date?: number; countries_iso2?: string[]; hash: Long }
export type Poll = poll;
export interface inputPollAnswer { _: "inputPollAnswer"; text: TextWithEntities; media?: InputMedia }
export interface pollAnswer { _: "pollAnswer"; text: TextWithEntities; option: Bytes; media?: MessageMedia; added_by?: Peer; date?: number }
export type PollAnswer = inputPollAnswer | pollAnswer;
export interface pollAnswerVoters { _: "pollAnswerVoters"; chosen?: boolean; correct?: boolean; option: Bytes; voters?: number; recent_voters?: Peer[] }
export type PollAnswerVoters = pollAnswerVoters;
export interface pollResults { _: "pollResults"; min?: boolean; has_unread_votes?: boolean; can_view_stats?: boolean; results?: PollAnswerVoters[]; total_voters?: number; recent_voters?: Peer[]; solution?: string; solution_entities?: MessageEntity[]; solution_media?: MessageMedia }
export type PollResults = pollResults;
export interface popularContact { _: "popularContact"; client_id: Long; importers: number }
export type PopularContact = popularContact;
export interface postAddress { _: "postAddress"; street_line1: string; street_line2: string; city: string; state: string; country_iso2: string; post_code: string }
export type PostAddress = postAddress;
export interface privacyKeyAbout { _: "privacyKeyAbout" }
export interface privacyKeyAddedByPhone { _: "privacyKeyAddedByPhone" }
export interface privacyKeyBirthday { _: "privacyKeyBirthday" }
export interface privacyKeyChatInvite { _: "privacyKeyChatInvite" }
export interface privacyKeyForwards { _: "privacyKeyForwards" }
export interface privacyKeyNoPaidMessages { _: "privacyKeyNoPaidMessages" }
export interface privacyKeyPhoneCall { _: "privacyKeyPhoneCall" }
export interface privacyKeyPhoneNumber { _: "privacyKeyPhoneNumber" }
export interface privacyKeyPhoneP2P { _: "privacyKeyPhoneP2P" }
export interface privacyKeyProfilePhoto { _: "privacyKeyProfilePhoto" }
export interface privacyKeySavedMusic { _: "privacyKeySavedMusic" }
export interface privacyKeyStarGiftsAutoSave { _: "privacyKeyStarGiftsAutoSave" }
export interface privacyKeyStatusTimestamp { _: "privacyKeyStatusTimestamp" }
export interface privacyKeyVoiceMessages { _: "privacyKeyVoiceMessages" }
export type PrivacyKey = privacyKeyAbout | privacyKeyAddedByPhone | privacyKeyBirthday | privacyKeyChatInvite | privacyKeyForwards | privacyKeyNoPaidMessages | privacyKeyPhoneCall | privacyKeyPhoneNumber | privacyKeyPhoneP2P | privacyKeyProfilePhoto | privacyKeySavedMusic | privacyKeyStarGiftsAutoSave | privacyKeyStatusTimestamp | privacyKeyVoiceMessages;
export interface privacyValueAllowAll { _: "privacyValueAllowAll" }
export interface privacyValueAllowBots { _: "privacyValueAllowBots" }
export interface privacyValueAllowChatParticipants { _: "privacyValueAllowChatParticipants"; chats: Long[] }
export interface privacyValueAllowCloseFriends { _: "privacyValueAllowCloseFriends" }
export interface privacyValueAllowContacts { _: "privacyValueAllowContacts" }
export interface privacyValueAllowPremium { _: "privacyValueAllowPremium" }
export interface privacyValueAllowUsers { _: "privacyValueAllowUsers"; users: Long[] }
export interface privacyValueDisallowAll { _: "privacyValueDisallowAll" }
export interface privacyValueDisallowBots { _: "privacyValueDisallowBots" }
export interface privacyValueDisallowChatParticipants { _: "privacyValueDisallowChatParticipants"; chats: Long[] }
export interface privacyValueDisallowContacts { _: "privacyValueDisallowContacts" }
export interface privacyValueDisallowUsers { _: "privacyValueDisallowUsers"; users: Long[] }
export type PrivacyRule = privacyValueAllowAll | privacyValueAllowBots | privacyValueAllowChatParticipants | privacyValueAllowCloseFriends | privacyValueAllowContacts | privacyValueAllowPremium | privacyValueAllowUsers | privacyValueDisallowAll | privacyValueDisallowBots | privacyValueDisallowChatParticipants | privacyValueDisallowContacts | privacyValueDisallowUsers;
export interface profileTabFiles { _: "profileTabFiles" }
export interface profileTabGifs { _: "profileTabGifs" }
export interface profileTabGifts { _: "profileTabGifts" }
export interface profileTabLinks { _: "profileTabLinks" }
export interface profileTabMedia { _: "profileTabMedia" }
export interface profileTabMusic { _: "profileTabMusic" }
export interface profileTabPosts { _: "profileTabPosts" }
export interface profileTabVoice { _: "profileTabVoice" }
export type ProfileTab = profileTabFiles | profileTabGifs | profileTabGifts | profileTabLinks | profileTabMedia | profileTabMusic | profileTabPosts | profileTabVoice;
export interface quickReply { _: "quickReply"; shortcut_id: number; shortcut: string; top_message: number; count: number }
export type QuickReply = quickReply;
export interface reactionCustomEmoji { _: "reactionCustomEmoji"; document_id: Long }
export interface reactionEmoji { _: "reactionEmoji"; emoticon: string }
export interface reactionEmpty { _: "reactionEmpty" }
export interface reactionPaid { _: "reactionPaid" }
export type Reaction = reactionCustomEmoji | reactionEmoji | reactionEmpty | reactionPaid;
export interface reactionCount { _: "reactionCount"; chosen_order?: number; reaction: Reaction; count: number }
export type ReactionCount = reactionCount;
export interface recentStory { _: "recentStory"; live?: boolean; max_id?: number }
export type RecentStory = recentStory;
export interface replyInlineMarkup { _: "replyInlineMarkup"; force_reply?: boolean; rows: KeyboardInlineButtonRow[] }
export interface replyKeyboardForceReply { _: "replyKeyboardForceReply"; single_use?: boolean; selective?: boolean; placeholder?: string }
export interface replyKeyboardHide { _: "replyKeyboardHide"; selective?: boolean }
export interface replyKeyboardMarkup { _: "replyKeyboardMarkup"; resize?: boolean; single_use?: boolean; selective?: boolean; persistent?: boolean; force_reply?: boolean; rows: KeyboardButtonRow[]; placeholder?: string }
export type ReplyMarkup = replyInlineMarkup | replyKeyboardForceReply | replyKeyboardHide | replyKeyboardMarkup;
export interface inputReportReasonChildAbuse { _: "inputReportReasonChildAbuse" }
export interface inputReportReasonCopyright { _: "inputReportReasonCopyright" }
export interface inputReportReasonFake { _: "inputReportReasonFake" }
export interface inputReportReasonGeoIrrelevant { _: "inputReportReasonGeoIrrelevant" }
export interface inputReportReasonIllegalDrugs { _: "inputReportReasonIllegalDrugs" }
export interface inputReportReasonOther { _: "inputReportReasonOther" }
export interface inputReportReasonPersonalDetails { _: "inputReportReasonPersonalDetails" }
export interface inputReportReasonPornography { _: "inputReportReasonPornography" }
export interface inputReportReasonSpam { _: "inputReportReasonSpam" }
export interface inputReportReasonViolence { _: "inputReportReasonViolence" }
export type ReportReason = inputReportReasonChildAbuse | inputReportReasonCopyright | inputReportReasonFake | inputReportReasonGeoIrrelevant | inputReportReasonIllegalDrugs | inputReportReasonOther | inputReportReasonPersonalDetails | inputReportReasonPornography | inputReportReasonSpam | inputReportReasonViolence;
export interface reportResultAddComment { _: "reportResultAddComment"; optional?: boolean; option: Bytes }
export interface reportResultChooseOption { _: "reportResultChooseOption"; title: string; options: MessageReportOption[] }
export interface reportResultReported { _: "reportResultReported" }
export type ReportResult = reportResultAddComment | reportResultChooseOption | reportResultReported;
export interface requestPeerTypeBroadcast { _: "requestPeerTypeBroadcast"; creator?: boolean; has_username?: boolean; user_admin_rights?: ChatAdminRights; bot_admin_rights?: ChatAdminRights }
export interface requestPeerTypeChat { _: "requestPeerTypeChat"; creator?: boolean; bot_participant?: boolean; has_username?: boolean; forum?: boolean; user_admin_rights?: ChatAdminRights; bot_admin_rights?: ChatAdminRights }
export interface requestPeerTypeCreateBot { _: "requestPeerTypeCreateBot"; bot_managed?: boolean; suggested_name?: string; suggested_username?: string }
export interface requestPeerTypeUser { _: "requestPeerTypeUser"; bot?: boolean; premium?: boolean }
export type RequestPeerType = requestPeerTypeBroadcast | requestPeerTypeChat | requestPeerTypeCreateBot | requestPeerTypeUser;
export interface requestedPeerChannel { _: "requestedPeerChannel"; channel_id: Long; title?: string; username?: string; photo?: Photo }
export interface requestedPeerChat { _: "requestedPeerChat"; chat_id: Long; title?: string; photo?: Photo }
export interface requestedPeerUser { _: "requestedPeerUser"; user_id: Long; first_name?: string; last_name?: string; username?: string; photo?: Photo }
export type RequestedPeer = requestedPeerChannel | requestedPeerChat | requestedPeerUser;
export interface restrictionReason { _: "restrictionReason"; platform: string; reason: string; text: string }
export type RestrictionReason = restrictionReason;
export interface richButtonStyle { _: "richButtonStyle"; bg_primary?: boolean; bg_danger?: boolean; bg_success?: boolean; link?: boolean }
export type RichButtonStyle = richButtonStyle;
export interface richMessage { _: "richMessage"; rtl?: boolean; part?: boolean; blocks: PageBlock[]; photos: Photo[]; documents: Document[] }
export type RichMessage = richMessage;
export interface textAnchor { _: "textAnchor"; text: RichText; name: string }
export interface textAutoEmail { _: "textAutoEmail"; text: RichText }
export interface textAutoPhone { _: "textAutoPhone"; text: RichText }
export interface textAutoUrl { _: "textAutoUrl"; text: RichText }
export interface textBankCard { _: "textBankCard"; text: RichText }
export interface textBold { _: "textBold"; text: RichText }
export interface textBotCommand { _: "textBotCommand"; text: RichText }
export interface textButton { _: "textButton"; text: RichText; type: InlineButtonType; style?: RichButtonStyle }
export interface textCashtag { _: "textCashtag"; text: RichText }
export interface textConcat { _: "textConcat"; texts: RichText[] }
export interface textCustomEmoji { _: "textCustomEmoji"; document_id: Long; alt: string }
export interface textDate { _: "textDate"; relative?: boolean; short_time?: boolean; long_time?: boolean; short_date?: boolean; long_date?: boolean; day_of_week?: boolean; text: RichText; date: number }
export interface textDiff { _: "textDiff"; text: RichText; old_text: RichText }
export interface textEmail { _: "textEmail"; text: RichText; email: string }
export interface textEmpty { _: "textEmpty" }
export interface textFixed { _: "textFixed"; text: RichText }
export interface textHashtag { _: "textHashtag"; text: RichText }
export interface textImage { _: "textImage"; document_id: Long; w: number; h: number }
export interface textItalic { _: "textItalic"; text: RichText }
export interface textMarked { _: "textMarked"; text: RichText }
export interface textMath { _: "textMath"; source: string }
export interface textMention { _: "textMention"; text: RichText }
export interface textMentionName { _: "textMentionName"; text: RichText; user_id: Long }
export interface textPhone { _: "textPhone"; text: RichText; phone: string }
export interface textPlain { _: "textPlain"; text: string }
export interface textSpoiler { _: "textSpoiler"; text: RichText }
export interface textStrike { _: "textStrike"; text: RichText }
export interface textSubscript { _: "textSubscript"; text: RichText }
export interface textSuperscript { _: "textSuperscript"; text: RichText }
export interface textUnderline { _: "textUnderline"; text: RichText }
export interface textUrl { _: "textUrl"; text: RichText; url: string; webpage_id: Long }
export type RichText = textAnchor | textAutoEmail | textAutoPhone | textAutoUrl | textBankCard | textBold | textBotCommand | textButton | textCashtag | textConcat | textCustomEmoji | textDate | textDiff | textEmail | textEmpty | textFixed | textHashtag | textImage | textItalic | textMarked | textMath | textMention | textMentionName | textPhone | textPlain | textSpoiler | textStrike | textSubscript | textSuperscript | textUnderline | textUrl;
export interface monoForumDialog { _: "monoForumDialog"; unread_mark?: boolean; nopaid_messages_exception?: boolean; peer: Peer; top_message: number; read_inbox_max_id: number; read_outbox_max_id: number; unread_count: number; unread_reactions_count: number; draft?: DraftMessage }
export interface savedDialog { _: "savedDialog"; pinned?: boolean; peer: Peer; top_message: number }
export type SavedDialog = monoForumDialog | savedDialog;
export interface searchPostsFlood { _: "searchPostsFlood"; query_is_free?: boolean; total_daily: number; remains: number; wait_till?: number; stars_amount: Long }
export type SearchPostsFlood = searchPostsFlood;
export interface searchResultsCalendarPeriod { _: "searchResultsCalendarPeriod"; date: number; min_msg_id: number; max_msg_id: number; count: number }
export type SearchResultsCalendarPeriod = searchResultsCalendarPeriod;
export interface secureCredentialsEncrypted { _: "secureCredentialsEncrypted"; data: Bytes; hash: Bytes; secret: Bytes }
export type SecureCredentialsEncrypted = secureCredentialsEncrypted;
export interface secureData { _: "secureData"; data: Bytes; data_hash: Bytes; secret: Bytes }
export type SecureData = secureData;
export interface secureFile { _: "secureFile"; id: Long; access_hash: Long; size: Long; dc_id: number; date: number; file_hash: Bytes; secret: Bytes }
export interface secureFileEmpty { _: "secureFileEmpty" }
export type SecureFile = secureFile | secureFileEmpty;
export interface securePasswordKdfAlgoPBKDF2HMACSHA512iter100000 { _: "securePasswordKdfAlgoPBKDF2HMACSHA512iter100000"; salt: Bytes }
export interface securePasswordKdfAlgoSHA512 { _: "securePasswordKdfAlgoSHA512"; salt: Bytes }
export interface securePasswordKdfAlgoUnknown { _: "securePasswordKdfAlgoUnknown" }
export type SecurePasswordKdfAlgo = securePasswordKdfAlgoPBKDF2HMACSHA512iter100000 | securePasswordKdfAlgoSHA512 | securePasswordKdfAlgoUnknown;
export interface securePlainEmail { _: "securePlainEmail"; email: string }
export interface securePlainPhone { _: "securePlainPhone"; phone: string }
export type SecurePlainData = securePlainEmail | securePlainPhone;
export interface secureSecretSettings { _: "secureSecretSettings"; secure_algo: SecurePasswordKdfAlgo; secure_secret: Bytes; secure_secret_id: Long }
export type SecureSecretSettings = secureSecretSettings;
export interface secureValue { _: "secureValue"; type: SecureValueType; data?: SecureData; front_side?: SecureFile; reverse_side?: SecureFile; selfie?: SecureFile; translation?: SecureFile[]; files?: SecureFile[]; plain_data?: SecurePlainData; hash: Bytes }
export type SecureValue = secureValue;
export interface secureValueTypeAddress { _: "secureValueTypeAddress" }
export interface secureValueTypeBankStatement { _: "secureValueTypeBankStatement" }
export interface secureValueTypeDriverLicense { _: "secureValueTypeDriverLicense" }
export interface secureValueTypeEmail { _: "secureValueTypeEmail" }
export interface secureValueTypeIdentityCard { _: "secureValueTypeIdentityCard" }
export interface secureValueTypeInternalPassport { _: "secureValueTypeInternalPassport" }
export interface secureValueTypePassport { _: "secureValueTypePassport" }
export interface secureValueTypePassportRegistration { _: "secureValueTypePassportRegistration" }
export interface secureValueTypePersonalDetails { _: "secureValueTypePersonalDetails" }
export interface secureValueTypePhone { _: "secureValueTypePhone" }
export interface secureValueTypeRentalAgreement { _: "secureValueTypeRentalAgreement" }
export interface secureValueTypeTemporaryRegistration { _: "secureValueTypeTemporaryRegistration" }
export interface secureValueTypeUtilityBill { _: "secureValueTypeUtilityBill" }
export type SecureValueType = secureValueTypeAddress | secureValueTypeBankStatement | secureValueTypeDriverLicense | secureValueTypeEmail | secureValueTypeIdentityCard | secureValueTypeInternalPassport | secureValueTypePassport | secureValueTypePassportRegistration | secureValueTypePersonalDetails | secureValueTypePhone | secureValueTypeRentalAgreement | secureValueTypeTemporaryRegistration | secureValueTypeUtilityBill;
export interface sendAsPeer { _: "sendAsPeer"; premium_required?: boolean; peer: Peer }
export type SendAsPeer = sendAsPeer;
export interface inputSendMessageRichMessageDraftAction { _: "inputSendMessageRichMessageDraftAction"; can_stop?: boolean; keep_on_stop?: boolean; random_id: Long; rich_message: InputRichMessage }
export interface sendMessageCancelAction { _: "sendMessageCancelAction" }
export interface sendMessageChooseContactAction { _: "sendMessageChooseContactAction" }
export interface sendMessageChooseStickerAction { _: "sendMessageChooseStickerAction" }
export interface sendMessageEmojiInteraction { _: "sendMessageEmojiInteraction"; emoticon: string; msg_id: number; interaction: DataJSON }
export interface sendMessageEmojiInteractionSeen { _: "sendMessageEmojiInteractionSeen"; emoticon: string }
export interface sendMessageGamePlayAction { _: "sendMessageGamePlayAction" }
export interface sendMessageGeoLocationAction { _: "sendMessageGeoLocationAction" }
export interface sendMessageHistoryImportAction { _: "sendMessageHistoryImportAction"; progress: number }
export interface sendMessageRecordAudioAction { _: "sendMessageRecordAudioAction" }
export interface sendMessageRecordRoundAction { _: "sendMessageRecordRoundAction" }
export interface sendMessageRecordVideoAction { _: "sendMessageRecordVideoAction" }
export interface sendMessageRichMessageDraftAction { _: "sendMessageRichMessageDraftAction"; can_stop?: boolean; keep_on_stop?: boolean; random_id: Long; rich_message: RichMessage }
export interface sendMessageStopDraftAction { _: "sendMessageStopDraftAction"; random_id: Long }
export interface sendMessageTextDraftAction { _: "sendMessageTextDraftAction"; can_stop?: boolean; keep_on_stop?: boolean; random_id: Long; text: TextWithEntities }
export interface sendMessageTypingAction { _: "sendMessageTypingAction" }
export interface sendMessageUploadAudioAction { _: "sendMessageUploadAudioAction"; progress: number }
export interface sendMessageUploadDocumentAction { _: "sendMessageUploadDocumentAction"; progress: number }
export interface sendMessageUploadPhotoAction { _: "sendMessageUploadPhotoAction"; progress: number }
export interface sendMessageUploadRoundAction { _: "sendMessageUploadRoundAction"; progress: number }
export interface sendMessageUploadVideoAction { _: "sendMessageUploadVideoAction"; progress: number }
export interface speakingInGroupCallAction { _: "speakingInGroupCallAction" }
export type SendMessageAction = inputSendMessageRichMessageDraftAction | sendMessageCancelAction | sendMessageChooseContactAction | sendMessageChooseStickerAction | sendMessageEmojiInteraction | sendMessageEmojiInteractionSeen | sendMessageGamePlayAction | sendMessageGeoLocationAction | sendMessageHistoryImportAction | sendMessageRecordAudioAction | sendMessageRecordRoundAction | sendMessageRecordVideoAction | sendMessageRichMessageDraftAction | sendMessageStopDraftAction | sendMessageTextDraftAction | sendMessageTypingAction | sendMessageUploadAudioAction | sendMessageUploadDocumentAction | sendMessageUploadPhotoAction | sendMessageUploadRoundAction | sendMessageUploadVideoAction | speakingInGroupCallAction;
export interface starGift { _: "starGift"; limited?: boolean; sold_out?: boolean; birthday?: boolean; require_premium?: boolean; limited_per_user?: boolean; peer_color_available?: boolean; auction?: boolean; id: Long; sticker: Document; stars: Long; availability_remains?: number; availability_total?: number; availability_resale?: Long; convert_stars: Long; first_sale_date?: number; last_sale_date?: number; upgrade_stars?: Long; resell_min_stars?: Long; title?: string; released_by?: Peer; per_user_total?: number; per_user_remains?: number; locked_until_date?: number; auction_slug?: string; gifts_per_round?: number; auction_start_date?: number; upgrade_variants?: number; background?: StarGiftBackground }
export interface starGiftUnique { _: "starGiftUnique"; require_premium?: boolean; resale_ton_only?: boolean; theme_available?: boolean; burned?: boolean; crafted?: boolean; id: Long; gift_id: Long; title: string; slug: string; num: number; owner_id?: Peer; owner_name?: string; owner_address?: string; attributes: StarGiftAttribute[]; availability_issued: number; availability_total: number; gift_address?: string; resell_amount?: StarsAmount[]; released_by?: Peer; value_amount?: Long; value_currency?: string; value_usd_amount?: Long; theme_peer?: Peer; peer_color?: PeerColor; host_id?: Peer; offer_min_stars?: number; craft_chance_permille?: number }
export type StarGift = starGift | starGiftUnique;
export interface starGiftAttributeBackdrop { _: "starGiftAttributeBackdrop"; name: string; backdrop_id: number; center_color: number; edge_color: number; pattern_color: number; text_color: number; rarity: StarGiftAttributeRarity }
export interface starGiftAttributeModel { _: "starGiftAttributeModel"; crafted?: boolean; name: string; document: Document; rarity: StarGiftAttributeRarity }
export interface starGiftAttributeOriginalDetails { _: "starGiftAttributeOriginalDetails"; sender_id?: Peer; recipient_id: Peer; date: number; message?: TextWithEntities }
export interface starGiftAttributePattern { _: "starGiftAttributePattern"; name: string; document: Document; rarity: StarGiftAttributeRarity }
export type StarGiftAttribute = starGiftAttributeBackdrop | starGiftAttributeModel | starGiftAttributeOriginalDetails | starGiftAttributePattern;
export interface starGiftAttributeRarity { _: "starGiftAttributeRarity"; permille: number }
export interface starGiftAttributeRarityEpic { _: "starGiftAttributeRarityEpic" }
export interface starGiftAttributeRarityLegendary { _: "starGiftAttributeRarityLegendary" }
export interface starGiftAttributeRarityRare { _: "starGiftAttributeRarityRare" }
export interface starGiftAttributeRarityUncommon { _: "starGiftAttributeRarityUncommon" }
export type StarGiftAttributeRarity = starGiftAttributeRarity | starGiftAttributeRarityEpic | starGiftAttributeRarityLegendary | starGiftAttributeRarityRare | starGiftAttributeRarityUncommon;
export interface starGiftAuctionRound { _: "starGiftAuctionRound"; num: number; duration: number }
export interface starGiftAuctionRoundExtendable { _: "starGiftAuctionRoundExtendable"; num: number; duration: number; extend_top: number; extend_window: number }
export type StarGiftAuctionRound = starGiftAuctionRound | starGiftAuctionRoundExtendable;
export interface starGiftAuctionState { _: "starGiftAuctionState"; version: number; start_date: number; end_date: number; min_bid_amount: Long; bid_levels: AuctionBidLevel[]; top_bidders: Long[]; next_round_at: number; last_gift_num: number; gifts_left: number; current_round: number; total_rounds: number; rounds: StarGiftAuctionRound[] }
export interface starGiftAuctionStateFinished { _: "starGiftAuctionStateFinished"; start_date: number; end_date: number; average_price: Long; listed_count?: number; fragment_listed_count?: number; fragment_listed_url?: string }
export interface starGiftAuctionStateNotModified { _: "starGiftAuctionStateNotModified" }
export type StarGiftAuctionState = starGiftAuctionState | starGiftAuctionStateFinished | starGiftAuctionStateNotModified;
export interface starGiftAuctionUserState { _: "starGiftAuctionUserState"; returned?: boolean; bid_amount?: Long; bid_date?: number; min_bid_amount?: Long; bid_peer?: Peer; acquired_count: number }
export type StarGiftAuctionUserState = starGiftAuctionUserState;
export interface starGiftBackground { _: "starGiftBackground"; center_color: number; edge_color: number; text_color: number }
export type StarGiftBackground = starGiftBackground;
export interface starRefProgram { _: "starRefProgram"; bot_id: Long; commission_permille: number; duration_months?: number; end_date?: number; daily_revenue_per_user?: StarsAmount }
export type StarRefProgram = starRefProgram;
export interface starsAmount { _: "starsAmount"; amount: Long; nanos: number }
export interface starsTonAmount { _: "starsTonAmount"; amount: Long }
export type StarsAmount = starsAmount | starsTonAmount;
export interface starsRating { _: "starsRating"; level: number; current_level_stars: Long; stars: Long; next_level_stars?: Long }
export type StarsRating = starsRating;
export interface starsRevenueStatus { _: "starsRevenueStatus"; withdrawal_enabled?: boolean; current_balance: StarsAmount; available_balance: StarsAmount; overall_revenue: StarsAmount; next_withdrawal_at?: number }
export type StarsRevenueStatus = starsRevenueStatus;
export interface starsSubscriptionPricing { _: "starsSubscriptionPricing"; period: number; amount: Long }
export type StarsSubscriptionPricing = starsSubscriptionPricing;
export interface stickerKeyword { _: "stickerKeyword"; document_id: Long; keyword: string[] }
export type StickerKeyword = stickerKeyword;
export interface stickerPack { _: "stickerPack"; emoticon: string; documents: Long[] }
export type StickerPack = stickerPack;
export interface stickerSet { _: "stickerSet"; archived?: boolean; official?: boolean; masks?: boolean; emojis?: boolean; text_color?: boolean; channel_emoji_status?: boolean; creator?: boolean; installed_date?: number; id: Long; access_hash: Long; title: string; short_name: string; thumbs?: PhotoSize[]; thumb_dc_id?: number; thumb_version?: number; thumb_document_id?: Long; count: number; hash: number; animated?: boolean; videos?: boolean }
export type StickerSet = stickerSet;
export interface storiesStealthMode { _: "storiesStealthMode"; active_until_date?: number; cooldown_until_date?: number }
export type StoriesStealthMode = storiesStealthMode;
export interface storyFwdHeader { _: "storyFwdHeader"; modified?: boolean; from?: Peer; from_name?: string; story_id?: number }
export type StoryFwdHeader = storyFwdHeader;
export interface storyItem { _: "storyItem"; pinned?: boolean; public?: boolean; close_friends?: boolean; min?: boolean; noforwards?: boolean; edited?: boolean; contacts?: boolean; selected_contacts?: boolean; out?: boolean; id: number; date: number; from_id?: Peer; fwd_from?: StoryFwdHeader; expire_date: number; caption?: string; entities?: MessageEntity[]; media: MessageMedia; media_areas?: MediaArea[]; privacy?: PrivacyRule[]; views?: StoryViews; sent_reaction?: Reaction; albums?: number[]; music?: Document }
export interface storyItemDeleted { _: "storyItemDeleted"; id: number }
export interface storyItemSkipped { _: "storyItemSkipped"; close_friends?: boolean; live?: boolean; id: number; date: number; expire_date: number }
export type StoryItem = storyItem | storyItemDeleted | storyItemSkipped;
export interface storyViews { _: "storyViews"; has_viewers?: boolean; views_count: number; forwards_count?: number; reactions?: ReactionCount[]; reactions_count?: number; recent_viewers?: Long[] }
export type StoryViews = storyViews;
export interface suggestedPost { _: "suggestedPost"; accepted?: boolean; rejected?: boolean; price?: StarsAmount; schedule_date?: number }
export type SuggestedPost = suggestedPost;
export interface textWithEntities { _: "textWithEntities"; text: string; entities: MessageEntity[] }
export type TextWithEntities = textWithEntities;
export interface theme { _: "theme"; creator?: boolean; default?: boolean; for_chat?: boolean; id: Long; access_hash: Long; slug: string; title: string; document?: Document; settings?: ThemeSettings[]; emoticon?: string; installs_count?: number }
export type Theme = theme;
export interface themeSettings { _: "themeSettings"; message_colors_animated?: boolean; base_theme: BaseTheme; accent_color: number; outbox_accent_color?: number; message_colors?: number[]; wallpaper?: WallPaper }
export type ThemeSettings = themeSettings;
export interface todoCompletion { _: "todoCompletion"; id: number; completed_by: Peer; date: number }
export type TodoCompletion = todoCompletion;
export interface todoItem { _: "todoItem"; id: number; title: TextWithEntities }
export type TodoItem = todoItem;
export interface todoList { _: "todoList"; others_can_append?: boolean; others_can_complete?: boolean; title: TextWithEntities; list: TodoItem[] }
export type TodoList = todoList;
export interface updateAiComposeTones { _: "updateAiComposeTones" }
export interface updateAttachMenuBots { _: "updateAttachMenuBots" }
export interface updateAutoSaveSettings { _: "updateAutoSaveSettings" }
export interface updateBotBusinessConnect { _: "updateBotBusinessConnect"; connection: BotBusinessConnection; qts: number }
export interface updateBotCallbackQuery { _: "updateBotCallbackQuery"; query_id: Long; user_id: Long; peer: Peer; msg_id: number; chat_instance: Long; data?: Bytes; game_short_name?: string }
export interface updateBotChatBoost { _: "updateBotChatBoost"; peer: Peer; boost: Boost; qts: number }
export interface updateBotChatInviteRequester { _: "updateBotChatInviteRequester"; peer: Peer; date: number; user_id: Long; about: string; invite: ExportedChatInvite; qts: number; query_id?: Long }
export interface updateBotCommands { _: "updateBotCommands"; peer: Peer; bot_id: Long; commands: BotCommand[] }
export interface updateBotDeleteBusinessMessage { _: "updateBotDeleteBusinessMessage"; connection_id: string; peer: Peer; messages: number[]; qts: number }
export interface updateBotEditBusinessMessage { _: "updateBotEditBusinessMessage"; connection_id: string; message: Message; reply_to_message?: Message; qts: number }
export interface updateBotGuestChatQuery { _: "updateBotGuestChatQuery"; query_id: Long; message: Message; reference_messages?: Message[]; qts: number }
export interface updateBotInlineQuery { _: "updateBotInlineQuery"; query_id: Long; user_id: Long; query: string; geo?: GeoPoint; peer_type?: InlineQueryPeerType; offset: string }
export interface updateBotInlineSend { _: "updateBotInlineSend"; user_id: Long; query: string; geo?: GeoPoint; id: string; msg_id?: InputBotInlineMessageID }
export interface updateBotMenuButton { _: "updateBotMenuButton"; bot_id: Long; button: BotMenuButton }
export interface updateBotMessageReaction { _: "updateBotMessageReaction"; peer: Peer; msg_id: number; date: number; actor: Peer; old_reactions: Reaction[]; new_reactions: Reaction[]; qts: number }
export interface updateBotMessageReactions { _: "updateBotMessageReactions"; peer: Peer; msg_id: number; date: number; reactions: ReactionCount[]; qts: number }
export interface updateBotNewBusinessMessage { _: "updateBotNewBusinessMessage"; connection_id: string; message: Message; reply_to_message?: Message; qts: number }
export interface updateBotPrecheckoutQuery { _: "updateBotPrecheckoutQuery"; query_id: Long; user_id: Long; payload: Bytes; info?: PaymentRequestedInfo; shipping_option_id?: string; currency: string; total_amount: Long }
export interface updateBotPurchasedPaidMedia { _: "updateBotPurchasedPaidMedia"; user_id: Long; payload: string; qts: number }
export interface updateBotShippingQuery { _: "updateBotShippingQuery"; query_id: Long; user_id: Long; payload: Bytes; shipping_address: PostAddress }
export interface updateBotStarsSubscription { _: "updateBotStarsSubscription"; canceled?: boolean; payment_failed?: boolean; restored?: boolean; user_id: Long; payload: Bytes; qts: number }
export interface updateBotStopped { _: "updateBotStopped"; user_id: Long; date: number; stopped: boolean; qts: number }
export interface updateBotWebhookJSON { _: "updateBotWebhookJSON"; data: DataJSON }
export interface updateBotWebhookJSONQuery { _: "updateBotWebhookJSONQuery"; query_id: Long; data: DataJSON; timeout: number }
export interface updateBusinessBotCallbackQuery { _: "updateBusinessBotCallbackQuery"; query_id: Long; user_id: Long; connection_id: string; message: Message; reply_to_message?: Message; chat_instance: Long; data?: Bytes }
export interface updateChannel { _: "updateChannel"; channel_id: Long }
export interface updateChannelAvailableMessages { _: "updateChannelAvailableMessages"; channel_id: Long; available_min_id: number }
export interface updateChannelMessageForwards { _: "updateChannelMessageForwards"; channel_id: Long; id: number; forwards: number }
export interface updateChannelMessageViews { _: "updateChannelMessageViews"; channel_id: Long; id: number; views: number }
export interface updateChannelParticipant { _: "updateChannelParticipant"; via_chatlist?: boolean; channel_id: Long; date: number; actor_id: Long; user_id: Long; prev_participant?: ChannelParticipant; new_participant?: ChannelParticipant; invite?: ExportedChatInvite; qts: number }
export interface updateChannelReadMessagesContents { _: "updateChannelReadMessagesContents"; channel_id: Long; top_msg_id?: number; saved_peer_id?: Peer; messages: number[] }
export interface updateChannelTooLong { _: "updateChannelTooLong"; channel_id: Long; pts?: number }
export interface updateChannelUserTyping { _: "updateChannelUserTyping"; channel_id: Long; top_msg_id?: number; from_id: Peer; action: SendMessageAction }
export interface updateChannelViewForumAsMessages { _: "updateChannelViewForumAsMessages"; channel_id: Long; enabled: boolean }
export interface updateChannelWebPage { _: "updateChannelWebPage"; channel_id: Long; webpage: WebPage; pts: number; pts_count: number }
export interface updateChat { _: "updateChat"; chat_id: Long }
export interface updateChatDefaultBannedRights { _: "updateChatDefaultBannedRights"; peer: Peer; default_banned_rights: ChatBannedRights; version: number }
export interface updateChatParticipant { _: "updateChatParticipant"; chat_id: Long; date: number; actor_id: Long; user_id: Long; prev_participant?: ChatParticipant; new_participant?: ChatParticipant; invite?: ExportedChatInvite; qts: number }
export interface updateChatParticipantAdd { _: "updateChatParticipantAdd"; chat_id: Long; user_id: Long; inviter_id: Long; date: number; version: number }
export interface updateChatParticipantAdmin { _: "updateChatParticipantAdmin"; chat_id: Long; user_id: Long; is_admin: boolean; version: number }
export interface updateChatParticipantDelete { _: "updateChatParticipantDelete"; chat_id: Long; user_id: Long; version: number }
export interface updateChatParticipantRank { _: "updateChatParticipantRank"; chat_id: Long; user_id: Long; rank: string; version: number }
export interface updateChatParticipants { _: "updateChatParticipants"; participants: ChatParticipants }
export interface updateChatUserTyping { _: "updateChatUserTyping"; chat_id: Long; from_id: Peer; action: SendMessageAction }
export interface updateConfig { _: "updateConfig" }
export interface updateContactsReset { _: "updateContactsReset" }
export interface updateDcOptions { _: "updateDcOptions"; dc_options: DcOption[] }
export interface updateDeleteChannelMessages { _: "updateDeleteChannelMessages"; channel_id: Long; messages: number[]; pts: number; pts_count: number }
export interface updateDeleteEphemeralMessages { _: "updateDeleteEphemeralMessages"; peer: Peer; ids: number[] }
export interface updateDeleteGroupCallMessages { _: "updateDeleteGroupCallMessages"; call: InputGroupCall; messages: number[] }
export interface updateDeleteMessages { _: "updateDeleteMessages"; messages: number[]; pts: number; pts_count: number }
export interface updateDeleteQuickReply { _: "updateDeleteQuickReply"; shortcut_id: number }
export interface updateDeleteQuickReplyMessages { _: "updateDeleteQuickReplyMessages"; shortcut_id: number; messages: number[] }
export interface updateDeleteScheduledMessages { _: "updateDeleteScheduledMessages"; peer: Peer; messages: number[]; sent_messages?: number[] }
export interface updateDialogFilter { _: "updateDialogFilter"; id: number; filter?: DialogFilter }
export interface updateDialogFilterOrder { _: "updateDialogFilterOrder"; order: number[] }
export interface updateDialogFilters { _: "updateDialogFilters" }
export interface updateDialogPinned { _: "updateDialogPinned"; pinned?: boolean; folder_id?: number; peer: DialogPeer }
export interface updateDialogUnreadMark { _: "updateDialogUnreadMark"; unread?: boolean; peer: DialogPeer; saved_peer_id?: Peer }
export interface updateDraftMessage { _: "updateDraftMessage"; peer: Peer; top_msg_id?: number; saved_peer_id?: Peer; draft: DraftMessage }
export interface updateEditChannelMessage { _: "updateEditChannelMessage"; message: Message; pts: number; pts_count: number }
export interface updateEditEphemeralMessage { _: "updateEditEphemeralMessage"; message: EphemeralMessage }
export interface updateEditMessage { _: "updateEditMessage"; message: Message; pts: number; pts_count: number }
export interface updateEmojiGameInfo { _: "updateEmojiGameInfo"; info: messages_EmojiGameInfo }
export interface updateEncryptedChatTyping { _: "updateEncryptedChatTyping"; chat_id: number }
export interface updateEncryptedMessagesRead { _: "updateEncryptedMessagesRead"; chat_id: number; max_date: number; date: number }
export interface updateEncryption { _: "updateEncryption"; chat: EncryptedChat; date: number }
export interface updateEphemeralBotCallbackQuery { _: "updateEphemeralBotCallbackQuery"; query_id: Long; user_id: Long; peer?: Peer; msg_id: number; data: Bytes; chat_instance?: Long; message: EphemeralMessage }
export interface updateFavedStickers { _: "updateFavedStickers" }
export interface updateFolderPeers { _: "updateFolderPeers"; folder_peers: FolderPeer[]; pts: number; pts_count: number }
export interface updateGeoLiveViewed { _: "updateGeoLiveViewed"; peer: Peer; msg_id: number }
export interface updateGroupCall { _: "updateGroupCall"; live_story?: boolean; peer?: Peer; call: GroupCall }
export interface updateGroupCallChainBlocks { _: "updateGroupCallChainBlocks"; call: InputGroupCall; sub_chain_id: number; blocks: Bytes[]; next_offset: number }
export interface updateGroupCallConnection { _: "updateGroupCallConnection"; presentation?: boolean; params: DataJSON }
export interface updateGroupCallEncryptedMessage { _: "updateGroupCallEncryptedMessage"; call: InputGroupCall; from_id: Peer; encrypted_message: Bytes }
export interface updateGroupCallMessage { _: "updateGroupCallMessage"; call: InputGroupCall; message: GroupCallMessage }
export interface updateGroupCallParticipants { _: "updateGroupCallParticipants"; call: InputGroupCall; participants: GroupCallParticipant[]; version: number }
export interface updateInlineBotCallbackQuery { _: "updateInlineBotCallbackQuery"; query_id: Long; user_id: Long; msg_id: InputBotInlineMessageID; chat_instance: Long; data?: Bytes; game_short_name?: string }
export interface updateJoinChatWebViewDecision { _: "updateJoinChatWebViewDecision"; peer: Peer; query_id: Long; result: JoinChatBotResult }
export interface updateLangPack { _: "updateLangPack"; difference: LangPackDifference }
export interface updateLangPackTooLong { _: "updateLangPackTooLong"; lang_code: string }
export interface updateLoginToken { _: "updateLoginToken" }
export interface updateManagedBot { _: "updateManagedBot"; user_id: Long; bot_id: Long; qts: number }
export interface updateMessageExtendedMedia { _: "updateMessageExtendedMedia"; peer: Peer; msg_id: number; extended_media: MessageExtendedMedia[] }
export interface updateMessageID { _: "updateMessageID"; id: number; random_id: Long }
export interface updateMessagePoll { _: "updateMessagePoll"; peer?: Peer; msg_id?: number; top_msg_id?: number; poll_id: Long; poll?: Poll; results: PollResults }
export interface updateMessagePollVote { _: "updateMessagePollVote"; poll_id: Long; peer: Peer; options: Bytes[]; positions: number[]; qts: number }
export interface updateMessageReactions { _: "updateMessageReactions"; peer: Peer; msg_id: number; top_msg_id?: number; saved_peer_id?: Peer; reactions: MessageReactions }
export interface updateMonoForumNoPaidException { _: "updateMonoForumNoPaidException"; exception?: boolean; channel_id: Long; saved_peer_id: Peer }
export interface updateMoveStickerSetToTop { _: "updateMoveStickerSetToTop"; masks?: boolean; emojis?: boolean; stickerset: Long }
export interface updateNewAuthorization { _: "updateNewAuthorization"; unconfirmed?: boolean; hash: Long; date?: number; device?: string; location?: string }
export interface updateNewBotConnection { _: "updateNewBotConnection"; confirmed?: boolean; bot_id: Long; date?: number; device?: string; location?: string }
export interface updateNewChannelMessage { _: "updateNewChannelMessage"; message: Message; pts: number; pts_count: number }
export interface updateNewEncryptedMessage { _: "updateNewEncryptedMessage"; message: EncryptedMessage; qts: number }
export interface updateNewEphemeralMessage { _: "updateNewEphemeralMessage"; message: EphemeralMessage }
export interface updateNewMessage { _: "updateNewMessage"; message: Message; pts: number; pts_count: number }
export interface updateNewQuickReply { _: "updateNewQuickReply"; quick_reply: QuickReply }
export interface updateNewScheduledMessage { _: "updateNewScheduledMessage"; message: Message }
export interface updateNewStickerSet { _: "updateNewStickerSet"; stickerset: messages_StickerSet }
export interface updateNewStoryReaction { _: "updateNewStoryReaction"; story_id: number; peer: Peer; reaction: Reaction }
export interface updateNotifySettings { _: "updateNotifySettings"; peer: NotifyPeer; notify_settings: PeerNotifySettings }
export interface updatePaidReactionPrivacy { _: "updatePaidReactionPrivacy"; private: PaidReactionPrivacy }
export interface updatePeerBlocked { _: "updatePeerBlocked"; blocked?: boolean; blocked_my_stories_from?: boolean; peer_id: Peer }
export interface updatePeerHistoryTTL { _: "updatePeerHistoryTTL"; peer: Peer; ttl_period?: number }
export interface updatePeerLocated { _: "updatePeerLocated"; peers: PeerLocated[] }
export interface updatePeerSettings { _: "updatePeerSettings"; peer: Peer; settings: PeerSettings }
export interface updatePeerWallpaper { _: "updatePeerWallpaper"; wallpaper_overridden?: boolean; peer: Peer; wallpaper?: WallPaper }
export interface updatePendingJoinRequests { _: "updatePendingJoinRequests"; peer: Peer; requests_pending: number; recent_requesters: Long[] }
export interface updatePhoneCall { _: "updatePhoneCall"; phone_call: PhoneCall }
export interface updatePhoneCallSignalingData { _: "updatePhoneCallSignalingData"; phone_call_id: Long; data: Bytes }
export interface updatePinnedChannelMessages { _: "updatePinnedChannelMessages"; pinned?: boolean; channel_id: Long; messages: number[]; pts: number; pts_count: number }
export interface updatePinnedDialogs { _: "updatePinnedDialogs"; folder_id?: number; order?: DialogPeer[] }
export interface updatePinnedForumTopic { _: "updatePinnedForumTopic"; pinned?: boolean; peer: Peer; topic_id: number }
export interface updatePinnedForumTopics { _: "updatePinnedForumTopics"; peer: Peer; order?: number[] }
export interface updatePinnedMessages { _: "updatePinnedMessages"; pinned?: boolean; peer: Peer; messages: number[]; pts: number; pts_count: number }
export interface updatePinnedSavedDialogs { _: "updatePinnedSavedDialogs"; order?: DialogPeer[] }
export interface updatePrivacy { _: "updatePrivacy"; key: PrivacyKey; rules: PrivacyRule[] }
export interface updatePtsChanged { _: "updatePtsChanged" }
export interface updateQuickReplies { _: "updateQuickReplies"; quick_replies: QuickReply[] }
export interface updateQuickReplyMessage { _: "updateQuickReplyMessage"; message: Message }
export interface updateReadChannelDiscussionInbox { _: "updateReadChannelDiscussionInbox"; channel_id: Long; top_msg_id: number; read_max_id: number; broadcast_id?: Long; broadcast_post?: number }
export interface updateReadChannelDiscussionOutbox { _: "updateReadChannelDiscussionOutbox"; channel_id: Long; top_msg_id: number; read_max_id: number }
export interface updateReadChannelInbox { _: "updateReadChannelInbox"; folder_id?: number; channel_id: Long; max_id: number; still_unread_count: number; pts: number }
export interface updateReadChannelOutbox { _: "updateReadChannelOutbox"; channel_id: Long; max_id: number }
export interface updateReadFeaturedEmojiStickers { _: "updateReadFeaturedEmojiStickers" }
export interface updateReadFeaturedStickers { _: "updateReadFeaturedStickers" }
export interface updateReadHistoryInbox { _: "updateReadHistoryInbox"; folder_id?: number; peer: Peer; top_msg_id?: number; max_id: number; still_unread_count: number; pts: number; pts_count: number }
export interface updateReadHistoryOutbox { _: "updateReadHistoryOutbox"; peer: Peer; max_id: number; pts: number; pts_count: number }
export interface updateReadMessagesContents { _: "updateReadMessagesContents"; messages: number[]; pts: number; pts_count: number; date?: number }
export interface updateReadMonoForumInbox { _: "updateReadMonoForumInbox"; channel_id: Long; saved_peer_id: Peer; read_max_id: number }
export interface updateReadMonoForumOutbox { _: "updateReadMonoForumOutbox"; channel_id: Long; saved_peer_id: Peer; read_max_id: number }
export interface updateReadStories { _: "updateReadStories"; peer: Peer; max_id: number }
export interface updateRecentEmojiStatuses { _: "updateRecentEmojiStatuses" }
export interface updateRecentReactions { _: "updateRecentReactions" }
export interface updateRecentStickers { _: "updateRecentStickers" }
export interface updateSavedDialogPinned { _: "updateSavedDialogPinned"; pinned?: boolean; peer: DialogPeer }
export interface updateSavedGifs { _: "updateSavedGifs" }
export interface updateSavedReactionTags { _: "updateSavedReactionTags" }
export interface updateSavedRingtones { _: "updateSavedRingtones" }
export interface updateSentPhoneCode { _: "updateSentPhoneCode"; sent_code: auth_SentCode }
export interface updateSentStoryReaction { _: "updateSentStoryReaction"; peer: Peer; story_id: number; reaction: Reaction }
export interface updateServiceNotification { _: "updateServiceNotification"; popup?: boolean; invert_media?: boolean; inbox_date?: number; type: string; message: string; media: MessageMedia; entities: MessageEntity[] }
export interface updateSmsJob { _: "updateSmsJob"; job_id: string }
export interface updateStarGiftAuctionState { _: "updateStarGiftAuctionState"; gift_id: Long; state: StarGiftAuctionState }
export interface updateStarGiftAuctionUserState { _: "updateStarGiftAuctionUserState"; gift_id: Long; user_state: StarGiftAuctionUserState }
export interface updateStarGiftCraftFail { _: "updateStarGiftCraftFail" }
export interface updateStarsBalance { _: "updateStarsBalance"; balance: StarsAmount }
export interface updateStarsRevenueStatus { _: "updateStarsRevenueStatus"; peer: Peer; status: StarsRevenueStatus }
export interface updateStickerSets { _: "updateStickerSets"; masks?: boolean; emojis?: boolean }
export interface updateStickerSetsOrder { _: "updateStickerSetsOrder"; masks?: boolean; emojis?: boolean; order: Long[] }
export interface updateStoriesStealthMode { _: "updateStoriesStealthMode"; stealth_mode: StoriesStealthMode }
export interface updateStory { _: "updateStory"; peer: Peer; story: StoryItem }
export interface updateStoryID { _: "updateStoryID"; id: number; random_id: Long }
export interface updateTheme { _: "updateTheme"; theme: Theme }
export interface updateTranscribedAudio { _: "updateTranscribedAudio"; pending?: boolean; peer: Peer; msg_id: number; transcription_id: Long; text: string }
export interface updateUser { _: "updateUser"; user_id: Long }
export interface updateUserEmojiStatus { _: "updateUserEmojiStatus"; user_id: Long; emoji_status: EmojiStatus }
export interface updateUserName { _: "updateUserName"; user_id: Long; first_name: string; last_name: string; usernames: Username[] }
export interface updateUserPhone { _: "updateUserPhone"; user_id: Long; phone: string }
export interface updateUserStatus { _: "updateUserStatus"; user_id: Long; status: UserStatus }
export interface updateUserTyping { _: "updateUserTyping"; user_id: Long; top_msg_id?: number; action: SendMessageAction }
export interface updateWebBrowserException { _: "updateWebBrowserException"; delete?: boolean; open_external_browser?: boolean; exception: WebDomainException }
export interface updateWebBrowserSettings { _: "updateWebBrowserSettings"; open_external_browser?: boolean; display_close_button?: boolean }
export interface updateWebPage { _: "updateWebPage"; webpage: WebPage; pts: number; pts_count: number }
export interface updateWebViewResultSent { _: "updateWebViewResultSent"; query_id: Long }
export type Update = updateAiComposeTones | updateAttachMenuBots | updateAutoSaveSettings | updateBotBusinessConnect | updateBotCallbackQuery | updateBotChatBoost | updateBotChatInviteRequester | updateBotCommands | updateBotDeleteBusinessMessage | updateBotEditBusinessMessage | updateBotGuestChatQuery | updateBotInlineQuery | updateBotInlineSend | updateBotMenuButton | updateBotMessageReaction | updateBotMessageReactions | updateBotNewBusinessMessage | updateBotPrecheckoutQuery | updateBotPurchasedPaidMedia | updateBotShippingQuery | updateBotStarsSubscription | updateBotStopped | updateBotWebhookJSON | updateBotWebhookJSONQuery | updateBusinessBotCallbackQuery | updateChannel | updateChannelAvailableMessages | updateChannelMessageForwards | updateChannelMessageViews | updateChannelParticipant | updateChannelReadMessagesContents | updateChannelTooLong | updateChannelUserTyping | updateChannelViewForumAsMessages | updateChannelWebPage | updateChat | updateChatDefaultBannedRights | updateChatParticipant | updateChatParticipantAdd | updateChatParticipantAdmin | updateChatParticipantDelete | updateChatParticipantRank | updateChatParticipants | updateChatUserTyping | updateConfig | updateContactsReset | updateDcOptions | updateDeleteChannelMessages | updateDeleteEphemeralMessages | updateDeleteGroupCallMessages | updateDeleteMessages | updateDeleteQuickReply | updateDeleteQuickReplyMessages | updateDeleteScheduledMessages | updateDialogFilter | updateDialogFilterOrder | updateDialogFilters | updateDialogPinned | updateDialogUnreadMark | updateDraftMessage | updateEditChannelMessage | updateEditEphemeralMessage | updateEditMessage | updateEmojiGameInfo | updateEncryptedChatTyping | updateEncryptedMessagesRead | updateEncryption | updateEphemeralBotCallbackQuery | updateFavedStickers | updateFolderPeers | updateGeoLiveViewed | updateGroupCall | updateGroupCallChainBlocks | updateGroupCallConnection | updateGroupCallEncryptedMessage | updateGroupCallMessage | updateGroupCallParticipants | updateInlineBotCallbackQuery | updateJoinChatWebViewDecision | updateLangPack | updateLangPackTooLong | updateLoginToken | updateManagedBot | updateMessageExtendedMedia | updateMessageID | updateMessagePoll | updateMessagePollVote | updateMessageReactions | updateMonoForumNoPaidException | updateMoveStickerSetToTop | updateNewAuthorization | updateNewBotConnection | updateNewChannelMessage | updateNewEncryptedMessage | updateNewEphemeralMessage | updateNewMessage | updateNewQuickReply | updateNewScheduledMessage | updateNewStickerSet | updateNewStoryReaction | updateNotifySettings | updatePaidReactionPrivacy | updatePeerBlocked | updatePeerHistoryTTL | updatePeerLocated | updatePeerSettings | updatePeerWallpaper | updatePendingJoinRequests | updatePhoneCall | updatePhoneCallSignalingData | updatePinnedChannelMessages | updatePinnedDialogs | updatePinnedForumTopic | updatePinnedForumTopics | updatePinnedMessages | updatePinnedSavedDialogs | updatePrivacy | updatePtsChanged | updateQuickReplies | updateQuickReplyMessage | updateReadChannelDiscussionInbox | updateReadChannelDiscussionOutbox | updateReadChannelInbox | updateReadChannelOutbox | updateReadFeaturedEmojiStickers | updateReadFeaturedStickers | updateReadHistoryInbox | updateReadHistoryOutbox | updateReadMessagesContents | updateReadMonoForumInbox | updateReadMonoForumOutbox | updateReadStories | updateRecentEmojiStatuses | updateRecentReactions | updateRecentStickers | updateSavedDialogPinned | updateSavedGifs | updateSavedReactionTags | updateSavedRingtones | updateSentPhoneCode | updateSentStoryReaction | updateServiceNotification | updateSmsJob | updateStarGiftAuctionState | updateStarGiftAuctionUserState | updateStarGiftCraftFail | updateStarsBalance | updateStarsRevenueStatus | updateStickerSets | updateStickerSetsOrder | updateStoriesStealthMode | updateStory | updateStoryID | updateTheme | updateTranscribedAudio | updateUser | updateUserEmojiStatus | updateUserName | updateUserPhone | updateUserStatus | updateUserTyping | updateWebBrowserException | updateWebBrowserSettings | updateWebPage | updateWebViewResultSent;
export interface updateShort { _: "updateShort"; update: Update; date: number }
export interface updateShortChatMessage { _: "updateShortChatMessage"; out?: boolean; mentioned?: boolean; media_unread?: boolean; silent?: boolean; id: number; from_id: Long; chat_id: Long; message: string; pts: number; pts_count: number; date: number; fwd_from?: MessageFwdHeader; via_bot_id?: Long; reply_to?: MessageReplyHeader; entities?: MessageEntity[]; ttl_period?: number }
export interface updateShortMessage { _: "updateShortMessage"; out?: boolean; mentioned?: boolean; media_unread?: boolean; silent?: boolean; id: number; user_id: Long; message: string; pts: number; pts_count: number; date: number; fwd_from?: MessageFwdHeader; via_bot_id?: Long; reply_to?: MessageReplyHeader; entities?: MessageEntity[]; ttl_period?: number }
export interface updateShortSentMessage { _: "updateShortSentMessage"; out?: boolean; id: number; pts: number; pts_count: number; date: number; media?: MessageMedia; entities?: MessageEntity[]; ttl_period?: number }
export interface updates { _: "updates"; updates: Update[]; users: User[]; chats: Chat[]; date: number; seq: number }
export interface updatesCombined { _: "updatesCombined"; updates: Update[]; users: User[]; chats: Chat[]; date: number; seq_start: number; seq: number }
export interface updatesTooLong { _: "updatesTooLong" }
export type Updates = updateShort | updateShortChatMessage | updateShortMessage | updateShortSentMessage | updates | updatesCombined | updatesTooLong;
export interface user { _: "user"; self?: boolean; contact?: boolean; mutual_contact?: boolean; deleted?: boolean; bot?: boolean; bot_chat_history?: boolean; bot_nochats?: boolean; verified?: boolean; restricted?: boolean; min?: boolean; bot_inline_geo?: boolean; support?: boolean; scam?: boolean; apply_min_photo?: boolean; fake?: boolean; bot_attach_menu?: boolean; premium?: boolean; attach_menu_enabled?: boolean; bot_can_edit?: boolean; close_friend?: boolean; stories_hidden?: boolean; stories_unavailable?: boolean; contact_require_premium?: boolean; bot_business?: boolean; bot_has_main_app?: boolean; bot_forum_view?: boolean; bot_forum_can_manage_topics?: boolean; bot_can_manage_bots?: boolean; bot_guestchat?: boolean; bot_guard?: boolean; id: Long; access_hash?: Long; first_name?: string; last_name?: string; username?: string; phone?: string; photo?: UserProfilePhoto; status?: UserStatus; bot_info_version?: number; restriction_reason?: RestrictionReason[]; bot_inline_placeholder?: string; lang_code?: string; emoji_status?: EmojiStatus; usernames?: Username[]; stories_max_id?: RecentStory; color?: PeerColor; profile_color?: PeerColor; bot_active_users?: number; bot_verification_icon?: Long; send_paid_messages_stars?: Long; linked_community_id?: Long }
export interface userEmpty { _: "userEmpty"; id: Long }
export type User = user | userEmpty;
export interface userFull { _: "userFull"; blocked?: boolean; phone_calls_available?: boolean; phone_calls_private?: boolean; can_pin_message?: boolean; has_scheduled?: boolean; video_calls_available?: boolean; voice_messages_forbidden?: boolean; translations_disabled?: boolean; stories_pinned_available?: boolean; blocked_my_stories_from?: boolean; wallpaper_overridden?: boolean; contact_require_premium?: boolean; read_dates_private?: boolean; sponsored_enabled?: boolean; can_view_revenue?: boolean; bot_can_manage_emoji_status?: boolean; display_gifts_button?: boolean; noforwards_my_enabled?: boolean; noforwards_peer_enabled?: boolean; unofficial_security_risk?: boolean; id: Long; about?: string; settings: PeerSettings; personal_photo?: Photo; profile_photo?: Photo; fallback_photo?: Photo; notify_settings: PeerNotifySettings; bot_info?: BotInfo; pinned_msg_id?: number; common_chats_count: number; folder_id?: number; ttl_period?: number; theme?: ChatTheme; private_forward_name?: string; bot_group_admin_rights?: ChatAdminRights; bot_broadcast_admin_rights?: ChatAdminRights; wallpaper?: WallPaper; stories?: PeerStories; business_work_hours?: BusinessWorkHours; business_location?: BusinessLocation; business_greeting_message?: BusinessGreetingMessage; business_away_message?: BusinessAwayMessage; business_intro?: BusinessIntro; birthday?: Birthday; personal_channel_id?: Long; personal_channel_message?: number; stargifts_count?: number; starref_program?: StarRefProgram; bot_verification?: BotVerification; send_paid_messages_stars?: Long; disallowed_gifts?: DisallowedGiftsSettings; stars_rating?: StarsRating; stars_my_pending_rating?: StarsRating; stars_my_pending_rating_date?: number; main_tab?: ProfileTab; saved_music?: Document; note?: TextWithEntities; bot_manager_id?: Long }
export type UserFull = userFull;
export interface userProfilePhoto { _: "userProfilePhoto"; has_video?: boolean; personal?: boolean; photo_id: Long; stripped_thumb?: Bytes; dc_id: number }
export interface userProfilePhotoEmpty { _: "userProfilePhotoEmpty" }
export type UserProfilePhoto = userProfilePhoto | userProfilePhotoEmpty;
export interface userStatusEmpty { _: "userStatusEmpty" }
export interface userStatusLastMonth { _: "userStatusLastMonth"; by_me?: boolean }
export interface userStatusLastWeek { _: "userStatusLastWeek"; by_me?: boolean }
export interface userStatusOffline { _: "userStatusOffline"; was_online: number }
export interface userStatusOnline { _: "userStatusOnline"; expires: number }
export interface userStatusRecently { _: "userStatusRecently"; by_me?: boolean }
export type UserStatus = userStatusEmpty | userStatusLastMonth | userStatusLastWeek | userStatusOffline | userStatusOnline | userStatusRecently;
export interface username { _: "username"; editable?: boolean; active?: boolean; username: string }
export type Username = username;
export interface videoSize { _: "videoSize"; type: string; w: number; h: number; size: number; video_start_ts?: number }
export interface videoSizeEmojiMarkup { _: "videoSizeEmojiMarkup"; emoji_id: Long; background_colors: number[] }
export interface videoSizeStickerMarkup { _: "videoSizeStickerMarkup"; stickerset: InputStickerSet; sticker_id: Long; background_colors: number[] }
export type VideoSize = videoSize | videoSizeEmojiMarkup | videoSizeStickerMarkup;
export interface wallPaper { _: "wallPaper"; id: Long; creator?: boolean; default?: boolean; pattern?: boolean; dark?: boolean; access_hash: Long; slug: string; document: Document; settings?: WallPaperSettings }
export interface wallPaperNoFile { _: "wallPaperNoFile"; id: Long; default?: boolean; dark?: boolean; settings?: WallPaperSettings }
export type WallPaper = wallPaper | wallPaperNoFile;
export interface wallPaperSettings { _: "wallPaperSettings"; blur?: boolean; motion?: boolean; background_color?: number; second_background_color?: number; third_background_color?: number; fourth_background_color?: number; intensity?: number; rotation?: number; emoticon?: string }
export type WallPaperSettings = wallPaperSettings;
export interface webDocument { _: "webDocument"; url: string; access_hash: Long; size: number; mime_type: string; attributes: DocumentAttribute[] }
export interface webDocumentNoProxy { _: "webDocumentNoProxy"; url: string; size: number; mime_type: string; attributes: DocumentAttribute[] }
export type WebDocument = webDocument | webDocumentNoProxy;
export interface webDomainException { _: "webDomainException"; domain: string; url: string; title: string; favicon?: Long }
export type WebDomainException = webDomainException;
export interface webPage { _: "webPage"; has_large_media?: boolean; video_cover_photo?: boolean; id: Long; url: string; display_url: string; hash: number; type?: string; site_name?: string; title?: string; description?: string; photo?: Photo; embed_url?: string; embed_type?: string; embed_width?: number; embed_height?: number; duration?: number; author?: string; document?: Document; cached_page?: Page; attributes?: WebPageAttribute[] }
export interface webPageEmpty { _: "webPageEmpty"; id: Long; url?: string }
export interface webPageNotModified { _: "webPageNotModified"; cached_page_views?: number }
export interface webPagePending { _: "webPagePending"; id: Long; url?: string; date: number }
export type WebPage = webPage | webPageEmpty | webPageNotModified | webPagePending;
export interface webPageAttributeAiComposeTone { _: "webPageAttributeAiComposeTone"; emoji_id: Long }
export interface webPageAttributeStarGiftAuction { _: "webPageAttributeStarGiftAuction"; gift: StarGift; end_date: number }
export interface webPageAttributeStarGiftCollection { _: "webPageAttributeStarGiftCollection"; icons: Document[] }
export interface webPageAttributeStickerSet { _: "webPageAttributeStickerSet"; emojis?: boolean; text_color?: boolean; stickers: Document[] }
export interface webPageAttributeStory { _: "webPageAttributeStory"; peer: Peer; id: number; story?: StoryItem }
export interface webPageAttributeTheme { _: "webPageAttributeTheme"; documents?: Document[]; settings?: ThemeSettings }
export interface webPageAttributeUniqueStarGift { _: "webPageAttributeUniqueStarGift"; gift: StarGift }
export type WebPageAttribute = webPageAttributeAiComposeTone | webPageAttributeStarGiftAuction | webPageAttributeStarGiftCollection | webPageAttributeStickerSet | webPageAttributeStory | webPageAttributeTheme | webPageAttributeUniqueStarGift;
export interface account_authorizations { _: "account.authorizations"; authorization_ttl_days: number; authorizations: Authorization[] }
export type account_Authorizations = account_authorizations;
export interface account_emailVerified { _: "account.emailVerified"; email: string }
export interface account_emailVerifiedLogin { _: "account.emailVerifiedLogin"; email: string; sent_code: auth_SentCode }
export type account_EmailVerified = account_emailVerified | account_emailVerifiedLogin;
export interface account_passkeyRegistrationOptions { _: "account.passkeyRegistrationOptions"; options: DataJSON }
export type account_PasskeyRegistrationOptions = account_passkeyRegistrationOptions;
export interface account_passkeys { _: "account.passkeys"; passkeys: Passkey[] }
export type account_Passkeys = account_passkeys;
export interface account_password { _: "account.password"; has_recovery?: boolean; has_secure_values?: boolean; has_password?: boolean; current_algo?: PasswordKdfAlgo; srp_B?: Bytes; srp_id?: Long; hint?: string; email_unconfirmed_pattern?: string; new_algo: PasswordKdfAlgo; new_secure_algo: SecurePasswordKdfAlgo; secure_random: Bytes; pending_reset_date?: number; login_email_pattern?: string }
export type account_Password = account_password;
export interface account_passwordInputSettings { _: "account.passwordInputSettings"; new_algo?: PasswordKdfAlgo; new_password_hash?: Bytes; hint?: string; email?: string; new_secure_settings?: SecureSecretSettings }
export type account_PasswordInputSettings = account_passwordInputSettings;
export interface account_privacyRules { _: "account.privacyRules"; rules: PrivacyRule[]; chats: Chat[]; users: User[] }
export type account_PrivacyRules = account_privacyRules;
export interface account_resetPasswordFailedWait { _: "account.resetPasswordFailedWait"; retry_date: number }
export interface account_resetPasswordOk { _: "account.resetPasswordOk" }
export interface account_resetPasswordRequestedWait { _: "account.resetPasswordRequestedWait"; until_date: number }
export type account_ResetPasswordResult = account_resetPasswordFailedWait | account_resetPasswordOk | account_resetPasswordRequestedWait;
export interface account_sentEmailCode { _: "account.sentEmailCode"; email_pattern: string; length: number }
export type account_SentEmailCode = account_sentEmailCode;
export interface auth_authorization { _: "auth.authorization"; setup_password_required?: boolean; otherwise_relogin_days?: number; tmp_sessions?: number; future_auth_token?: Bytes; user: User }
export interface auth_authorizationSignUpRequired { _: "auth.authorizationSignUpRequired"; terms_of_service?: help_TermsOfService }
export type auth_Authorization = auth_authorization | auth_authorizationSignUpRequired;
export interface auth_codeTypeCall { _: "auth.codeTypeCall" }
export interface auth_codeTypeFlashCall { _: "auth.codeTypeFlashCall" }
export interface auth_codeTypeFragmentSms { _: "auth.codeTypeFragmentSms" }
export interface auth_codeTypeMissedCall { _: "auth.codeTypeMissedCall" }
export interface auth_codeTypeSms { _: "auth.codeTypeSms" }
export type auth_CodeType = auth_codeTypeCall | auth_codeTypeFlashCall | auth_codeTypeFragmentSms | auth_codeTypeMissedCall | auth_codeTypeSms;
export interface auth_loggedOut { _: "auth.loggedOut"; future_auth_token?: Bytes }
export type auth_LoggedOut = auth_loggedOut;
export interface auth_loginToken { _: "auth.loginToken"; expires: number; token: Bytes }
export interface auth_loginTokenMigrateTo { _: "auth.loginTokenMigrateTo"; dc_id: number; token: Bytes }
export interface auth_loginTokenSuccess { _: "auth.loginTokenSuccess"; authorization: auth_Authorization }
export type auth_LoginToken = auth_loginToken | auth_loginTokenMigrateTo | auth_loginTokenSuccess;
export interface auth_passkeyLoginOptions { _: "auth.passkeyLoginOptions"; options: DataJSON }
export type auth_PasskeyLoginOptions = auth_passkeyLoginOptions;
export interface auth_passwordRecovery { _: "auth.passwordRecovery"; email_pattern: string }
export type auth_PasswordRecovery = auth_passwordRecovery;
export interface auth_sentCode { _: "auth.sentCode"; type: auth_SentCodeType; phone_code_hash: string; next_type?: auth_CodeType; timeout?: number }
export interface auth_sentCodePaymentRequired { _: "auth.sentCodePaymentRequired"; store_product: string; phone_code_hash: string; support_email_address: string; support_email_subject: string; premium_days: number; currency: string; amount: Long }
export interface auth_sentCodeSuccess { _: "auth.sentCodeSuccess"; authorization: auth_Authorization }
export type auth_SentCode = auth_sentCode | auth_sentCodePaymentRequired | auth_sentCodeSuccess;
export interface auth_sentCodeTypeApp { _: "auth.sentCodeTypeApp"; length: number }
export interface auth_sentCodeTypeCall { _: "auth.sentCodeTypeCall"; length: number }
export interface auth_sentCodeTypeEmailCode { _: "auth.sentCodeTypeEmailCode"; apple_signin_allowed?: boolean; google_signin_allowed?: boolean; email_pattern: string; length: number; reset_available_period?: number; reset_pending_date?: number }
export interface auth_sentCodeTypeFirebaseSms { _: "auth.sentCodeTypeFirebaseSms"; nonce?: Bytes; play_integrity_project_id?: Long; play_integrity_nonce?: Bytes; receipt?: string; push_timeout?: number; length: number }
export interface auth_sentCodeTypeFlashCall { _: "auth.sentCodeTypeFlashCall"; pattern: string }
export interface auth_sentCodeTypeFragmentSms { _: "auth.sentCodeTypeFragmentSms"; url: string; length: number }
export interface auth_sentCodeTypeMissedCall { _: "auth.sentCodeTypeMissedCall"; prefix: string; length: number }
export interface auth_sentCodeTypeSetUpEmailRequired { _: "auth.sentCodeTypeSetUpEmailRequired"; apple_signin_allowed?: boolean; google_signin_allowed?: boolean }
export interface auth_sentCodeTypeSms { _: "auth.sentCodeTypeSms"; length: number }
export interface auth_sentCodeTypeSmsPhrase { _: "auth.sentCodeTypeSmsPhrase"; beginning?: string }
export interface auth_sentCodeTypeSmsWord { _: "auth.sentCodeTypeSmsWord"; beginning?: string }
export type auth_SentCodeType = auth_sentCodeTypeApp | auth_sentCodeTypeCall | auth_sentCodeTypeEmailCode | auth_sentCodeTypeFirebaseSms | auth_sentCodeTypeFlashCall | auth_sentCodeTypeFragmentSms | auth_sentCodeTypeMissedCall | auth_sentCodeTypeSetUpEmailRequired | auth_sentCodeTypeSms | auth_sentCodeTypeSmsPhrase | auth_sentCodeTypeSmsWord;
export interface channels_adminLogResults { _: "channels.adminLogResults"; events: ChannelAdminLogEvent[]; chats: Chat[]; users: User[] }
export type channels_AdminLogResults = channels_adminLogResults;
export interface channels_channelParticipants { _: "channels.channelParticipants"; count: number; participants: ChannelParticipant[]; chats: Chat[]; users: User[] }
export interface channels_channelParticipantsNotModified { _: "channels.channelParticipantsNotModified" }
export type channels_ChannelParticipants = channels_channelParticipants | channels_channelParticipantsNotModified;
export interface channels_sendAsPeers { _: "channels.sendAsPeers"; peers: SendAsPeer[]; chats: Chat[]; users: User[] }
export type channels_SendAsPeers = channels_sendAsPeers;
export interface contacts_blocked { _: "contacts.blocked"; blocked: PeerBlocked[]; chats: Chat[]; users: User[] }
export interface contacts_blockedSlice { _: "contacts.blockedSlice"; count: number; blocked: PeerBlocked[]; chats: Chat[]; users: User[] }
export type contacts_Blocked = contacts_blocked | contacts_blockedSlice;
export interface contacts_contacts { _: "contacts.contacts"; contacts: Contact[]; saved_count: number; users: User[] }
export interface contacts_contactsNotModified { _: "contacts.contactsNotModified" }
export type contacts_Contacts = contacts_contacts | contacts_contactsNotModified;
export interface contacts_found { _: "contacts.found"; my_results: Peer[]; results: Peer[]; chats: Chat[]; users: User[] }
export type contacts_Found = contacts_found;
export interface contacts_importedContacts { _: "contacts.importedContacts"; imported: ImportedContact[]; popular_invites: PopularContact[]; retry_contacts: Long[]; users: User[] }
export type contacts_ImportedContacts = contacts_importedContacts;
export interface contacts_resolvedPeer { _: "contacts.resolvedPeer"; peer: Peer; chats: Chat[]; users: User[] }
export type contacts_ResolvedPeer = contacts_resolvedPeer;
export interface help_termsOfService { _: "help.termsOfService"; popup?: boolean; id: DataJSON; text: string; entities: MessageEntity[]; min_age_confirm?: number }
export type help_TermsOfService = help_termsOfService;
export interface messages_affectedHistory { _: "messages.affectedHistory"; pts: number; pts_count: number; offset: number }
export type messages_AffectedHistory = messages_affectedHistory;
export interface messages_affectedMessages { _: "messages.affectedMessages"; pts: number; pts_count: number }
export type messages_AffectedMessages = messages_affectedMessages;
export interface messages_chatAdminsWithInvites { _: "messages.chatAdminsWithInvites"; admins: ChatAdminWithInvites[]; users: User[] }
export type messages_ChatAdminsWithInvites = messages_chatAdminsWithInvites;
export interface messages_chatFull { _: "messages.chatFull"; full_chat: ChatFull; chats: Chat[]; users: User[] }
export type messages_ChatFull = messages_chatFull;
export interface messages_chatInviteImporters { _: "messages.chatInviteImporters"; count: number; importers: ChatInviteImporter[]; users: User[] }
export type messages_ChatInviteImporters = messages_chatInviteImporters;
export interface messages_chatInviteJoinResultOk { _: "messages.chatInviteJoinResultOk"; updates: Updates }
export interface messages_chatInviteJoinResultWebView { _: "messages.chatInviteJoinResultWebView"; bot_id: Long; query_id: Long; users: User[] }
export type messages_ChatInviteJoinResult = messages_chatInviteJoinResultOk | messages_chatInviteJoinResultWebView;
export interface messages_chats { _: "messages.chats"; chats: Chat[] }
export interface messages_chatsSlice { _: "messages.chatsSlice"; count: number; chats: Chat[] }
export type messages_Chats = messages_chats | messages_chatsSlice;
export interface messages_dialogFilters { _: "messages.dialogFilters"; tags_enabled?: boolean; filters: DialogFilter[] }
export type messages_DialogFilters = messages_dialogFilters;
export interface messages_dialogs { _: "messages.dialogs"; dialogs: Dialog[]; messages: Message[]; chats: Chat[]; users: User[] }
export interface messages_dialogsNotModified { _: "messages.dialogsNotModified"; count: number }
export interface messages_dialogsSlice { _: "messages.dialogsSlice"; count: number; dialogs: Dialog[]; messages: Message[]; chats: Chat[]; users: User[] }
export type messages_Dialogs = messages_dialogs | messages_dialogsNotModified | messages_dialogsSlice;
export interface messages_discussionMessage { _: "messages.discussionMessage"; messages: Message[]; max_id?: number; read_inbox_max_id?: number; read_outbox_max_id?: number; unread_count: number; chats: Chat[]; users: User[] }
export type messages_DiscussionMessage = messages_discussionMessage;
export interface messages_emojiGameDiceInfo { _: "messages.emojiGameDiceInfo"; game_hash: string; prev_stake: Long; current_streak: number; params: number[]; plays_left?: number }
export interface messages_emojiGameUnavailable { _: "messages.emojiGameUnavailable" }
export type messages_EmojiGameInfo = messages_emojiGameDiceInfo | messages_emojiGameUnavailable;
export interface messages_emojiGameOutcome { _: "messages.emojiGameOutcome"; seed: Bytes; stake_ton_amount: Long; ton_amount: Long }
export type messages_EmojiGameOutcome = messages_emojiGameOutcome;
export interface messages_exportedChatInvite { _: "messages.exportedChatInvite"; invite: ExportedChatInvite; users: User[] }
export interface messages_exportedChatInviteReplaced { _: "messages.exportedChatInviteReplaced"; invite: ExportedChatInvite; new_invite: ExportedChatInvite; users: User[] }
export type messages_ExportedChatInvite = messages_exportedChatInvite | messages_exportedChatInviteReplaced;
export interface messages_exportedChatInvites { _: "messages.exportedChatInvites"; count: number; invites: ExportedChatInvite[]; users: User[] }
export type messages_ExportedChatInvites = messages_exportedChatInvites;
export interface messages_invitedUsers { _: "messages.invitedUsers"; updates: Updates; missing_invitees: MissingInvitee[] }
export type messages_InvitedUsers = messages_invitedUsers;
export interface messages_messageReactionsList { _: "messages.messageReactionsList"; count: number; reactions: MessagePeerReaction[]; chats: Chat[]; users: User[]; next_offset?: string }
export type messages_MessageReactionsList = messages_messageReactionsList;
export interface messages_messageViews { _: "messages.messageViews"; views: MessageViews[]; chats: Chat[]; users: User[] }
export type messages_MessageViews = messages_messageViews;
export interface messages_channelMessages { _: "messages.channelMessages"; inexact?: boolean; pts: number; count: number; offset_id_offset?: number; messages: Message[]; topics: ForumTopic[]; chats: Chat[]; users: User[] }
export interface messages_messages { _: "messages.messages"; messages: Message[]; topics: ForumTopic[]; chats: Chat[]; users: User[] }
export interface messages_messagesNotModified { _: "messages.messagesNotModified"; count: number }
export interface messages_messagesSlice { _: "messages.messagesSlice"; inexact?: boolean; count: number; next_rate?: number; offset_id_offset?: number; search_flood?: SearchPostsFlood; messages: Message[]; topics: ForumTopic[]; chats: Chat[]; users: User[] }
export type messages_Messages = messages_channelMessages | messages_messages | messages_messagesNotModified | messages_messagesSlice;
export interface messages_peerDialogs { _: "messages.peerDialogs"; dialogs: Dialog[]; messages: Message[]; chats: Chat[]; users: User[]; state: updates_State }
export type messages_PeerDialogs = messages_peerDialogs;
export interface messages_savedDialogs { _: "messages.savedDialogs"; dialogs: SavedDialog[]; messages: Message[]; chats: Chat[]; users: User[] }
export interface messages_savedDialogsNotModified { _: "messages.savedDialogsNotModified"; count: number }
export interface messages_savedDialogsSlice { _: "messages.savedDialogsSlice"; count: number; dialogs: SavedDialog[]; messages: Message[]; chats: Chat[]; users: User[] }
export type messages_SavedDialogs = messages_savedDialogs | messages_savedDialogsNotModified | messages_savedDialogsSlice;
export interface messages_searchCounter { _: "messages.searchCounter"; inexact?: boolean; filter: MessagesFilter; count: number }
export type messages_SearchCounter = messages_searchCounter;
export interface messages_searchResultsCalendar { _: "messages.searchResultsCalendar"; inexact?: boolean; count: number; min_date: number; min_msg_id: number; offset_id_offset?: number; periods: SearchResultsCalendarPeriod[]; messages: Message[]; chats: Chat[]; users: User[] }
export type messages_SearchResultsCalendar = messages_searchResultsCalendar;
export interface messages_stickerSet { _: "messages.stickerSet"; set: StickerSet; packs: StickerPack[]; keywords: StickerKeyword[]; documents: Document[] }
export interface messages_stickerSetNotModified { _: "messages.stickerSetNotModified" }
export type messages_StickerSet = messages_stickerSet | messages_stickerSetNotModified;
export interface messages_votesList { _: "messages.votesList"; count: number; votes: MessagePeerVote[]; chats: Chat[]; users: User[]; next_offset?: string }
export type messages_VotesList = messages_votesList;
export interface petitbleu_alt { _: "petitbleu.alt"; text: string }
export type petitbleu_Alt = petitbleu_alt;
export interface petitbleu_author { _: "petitbleu.author"; shown?: boolean; holds?: boolean; about?: boolean; photo?: boolean; unsigned?: boolean; name: string; address?: string }
export type petitbleu_Author = petitbleu_author;
export interface petitbleu_case { _: "petitbleu.case"; asked?: boolean; can_contest?: boolean; number: string; role: string; kind: string; state: string; at: number; due?: number; url: string; contest?: string; reason?: string; about?: string }
export type petitbleu_Case = petitbleu_case;
export interface petitbleu_cases { _: "petitbleu.cases"; cases: petitbleu_Case[]; url: string }
export type petitbleu_Cases = petitbleu_cases;
export interface petitbleu_correction { _: "petitbleu.correction"; date: number; text: string }
export type petitbleu_Correction = petitbleu_correction;
export interface petitbleu_corrections { _: "petitbleu.corrections"; notes: petitbleu_Correction[] }
export type petitbleu_Corrections = petitbleu_corrections;
export interface petitbleu_domain { _: "petitbleu.domain"; verified?: boolean; domain: string; record: string; value: string; file: string }
export type petitbleu_Domain = petitbleu_domain;
export interface petitbleu_export { _: "petitbleu.export"; ready?: boolean; failed?: boolean; id: Long; date: number; chats: number; all_chats: number; messages: number; files: number; size?: Long; expires?: number; url?: string; next: number }
export interface petitbleu_exportEmpty { _: "petitbleu.exportEmpty" }
export type petitbleu_Export = petitbleu_export | petitbleu_exportEmpty;
export interface petitbleu_identity { _: "petitbleu.identity"; name: string; accent: string; background: string; sections: string; about: string; imprint: string; logo?: string; domain?: petitbleu_Domain; said?: string; refused?: boolean }
export type petitbleu_Identity = petitbleu_identity;
export interface petitbleu_page { _: "petitbleu.page"; may_show?: boolean; state: string; address?: string; preview?: string; switches: petitbleu_PageSwitch[]; undescribed: number[]; official?: string }
export type petitbleu_Page = petitbleu_page;
export interface petitbleu_pageSwitch { _: "petitbleu.pageSwitch"; name: string; value: string; values: string[] }
export type petitbleu_PageSwitch = petitbleu_pageSwitch;
export interface petitbleu_receipt { _: "petitbleu.receipt"; again?: boolean; number: string; text: string; url?: string; status?: string; due?: number }
export type petitbleu_Receipt = petitbleu_receipt;
export interface petitbleu_sentCode { _: "petitbleu.sentCode"; alias: string; sent: auth_SentCode }
export type petitbleu_SentCode = petitbleu_sentCode;
export interface petitbleu_visits { _: "petitbleu.visits"; week: number; month: number; url: string }
export type petitbleu_Visits = petitbleu_visits;
export interface petitbleu_waiting { _: "petitbleu.waiting"; demanded?: boolean; may_demand?: boolean; may_alone?: boolean; posts: petitbleu_WaitingPost[]; users: User[]; chats: Chat[] }
export type petitbleu_Waiting = petitbleu_waiting;
export interface petitbleu_waitingPost { _: "petitbleu.waitingPost"; edit?: boolean; may_approve?: boolean; mine?: boolean; version: string; author: Long; due: number; approved_by?: Long; reason?: string; preview?: string; messages: Message[]; before?: Message }
export type petitbleu_WaitingPost = petitbleu_waitingPost;
export interface photos_photo { _: "photos.photo"; photo: Photo; users: User[] }
export type photos_Photo = photos_photo;
export interface photos_photos { _: "photos.photos"; photos: Photo[]; users: User[] }
export interface photos_photosSlice { _: "photos.photosSlice"; count: number; photos: Photo[]; users: User[] }
export type photos_Photos = photos_photos | photos_photosSlice;
export interface updates_channelDifference { _: "updates.channelDifference"; final?: boolean; pts: number; timeout?: number; new_messages: Message[]; other_updates: Update[]; chats: Chat[]; users: User[] }
export interface updates_channelDifferenceEmpty { _: "updates.channelDifferenceEmpty"; final?: boolean; pts: number; timeout?: number }
export interface updates_channelDifferenceTooLong { _: "updates.channelDifferenceTooLong"; final?: boolean; timeout?: number; dialog: Dialog; messages: Message[]; chats: Chat[]; users: User[] }
export type updates_ChannelDifference = updates_channelDifference | updates_channelDifferenceEmpty | updates_channelDifferenceTooLong;
export interface updates_difference { _: "updates.difference"; new_messages: Message[]; new_encrypted_messages: EncryptedMessage[]; other_updates: Update[]; chats: Chat[]; users: User[]; state: updates_State }
export interface updates_differenceEmpty { _: "updates.differenceEmpty"; date: number; seq: number }
export interface updates_differenceSlice { _: "updates.differenceSlice"; new_messages: Message[]; new_encrypted_messages: EncryptedMessage[]; other_updates: Update[]; chats: Chat[]; users: User[]; intermediate_state: updates_State }
export interface updates_differenceTooLong { _: "updates.differenceTooLong"; pts: number }
export type updates_Difference = updates_difference | updates_differenceEmpty | updates_differenceSlice | updates_differenceTooLong;
export interface updates_state { _: "updates.state"; pts: number; qts: number; date: number; seq: number; unread_count: number }
export type updates_State = updates_state;
export interface users_userFull { _: "users.userFull"; full_user: UserFull; chats: Chat[]; users: User[] }
export type users_UserFull = users_userFull;
export interface Methods {
  "account.cancelPasswordEmail": { params: {  }; result: boolean };
  "account.changeAuthorizationSettings": { params: { confirmed?: boolean; hash: Long; encrypted_requests_disabled?: boolean; call_requests_disabled?: boolean }; result: boolean };
  "account.changePhone": { params: { phone_number: string; phone_code_hash: string; phone_code: string }; result: User };
  "account.checkUsername": { params: { username: string }; result: boolean };
  "account.confirmPasswordEmail": { params: { code: string }; result: boolean };
  "account.declinePasswordReset": { params: {  }; result: boolean };
  "account.deleteAccount": { params: { reason: string; password?: InputCheckPasswordSRP }; result: boolean };
  "account.deletePasskey": { params: { id: string }; result: boolean };
  "account.getAccountTTL": { params: {  }; result: AccountDaysTTL };
  "account.getAuthorizations": { params: {  }; result: account_Authorizations };
  "account.getGlobalPrivacySettings": { params: {  }; result: GlobalPrivacySettings };
  "account.getNotifyExceptions": { params: { compare_sound?: boolean; compare_stories?: boolean; peer?: InputNotifyPeer }; result: Updates };
  "account.getNotifySettings": { params: { peer: InputNotifyPeer }; result: PeerNotifySettings };
  "account.getPasskeys": { params: {  }; result: account_Passkeys };
  "account.getPassword": { params: {  }; result: account_Password };
  "account.getPrivacy": { params: { key: InputPrivacyKey }; result: account_PrivacyRules };
  "account.initPasskeyRegistration": { params: {  }; result: account_PasskeyRegistrationOptions };
  "account.registerDevice": { params: { no_muted?: boolean; token_type: number; token: string; app_sandbox: boolean; secret: Bytes; other_uids: Long[] }; result: boolean };
  "account.registerPasskey": { params: { credential: InputPasskeyCredential }; result: Passkey };
  "account.reportPeer": { params: { peer: InputPeer; reason: ReportReason; message: string }; result: boolean };
  "account.resendPasswordEmail": { params: {  }; result: boolean };
  "account.resetAuthorization": { params: { hash: Long }; result: boolean };
  "account.resetPassword": { params: {  }; result: account_ResetPasswordResult };
  "account.sendChangePhoneCode": { params: { phone_number: string; settings: CodeSettings }; result: auth_SentCode };
  "account.sendVerifyEmailCode": { params: { purpose: EmailVerifyPurpose; email: string }; result: account_SentEmailCode };
  "account.setAccountTTL": { params: { ttl: AccountDaysTTL }; result: boolean };
  "account.setAuthorizationTTL": { params: { authorization_ttl_days: number }; result: boolean };
  "account.setGlobalPrivacySettings": { params: { settings: GlobalPrivacySettings }; result: GlobalPrivacySettings };
  "account.setPrivacy": { params: { key: InputPrivacyKey; rules: InputPrivacyRule[] }; result: account_PrivacyRules };
  "account.unregisterDevice": { params: { token_type: number; token: string; other_uids: Long[] }; result: boolean };
  "account.updateBirthday": { params: { birthday?: Birthday }; result: boolean };
  "account.updateNotifySettings": { params: { peer: InputNotifyPeer; settings: InputPeerNotifySettings }; result: boolean };
  "account.updatePasswordSettings": { params: { password: InputCheckPasswordSRP; new_settings: account_PasswordInputSettings }; result: boolean };
  "account.updateProfile": { params: { first_name?: string; last_name?: string; about?: string }; result: User };
  "account.updateStatus": { params: { offline: boolean }; result: boolean };
  "account.updateUsername": { params: { username: string }; result: User };
  "account.verifyEmail": { params: { purpose: EmailVerifyPurpose; verification: EmailVerification }; result: account_EmailVerified };
  "auth.acceptLoginToken": { params: { token: Bytes }; result: Authorization };
  "auth.checkPassword": { params: { password: InputCheckPasswordSRP }; result: auth_Authorization };
  "auth.exportLoginToken": { params: { api_id: number; api_hash: string; except_ids: Long[] }; result: auth_LoginToken };
  "auth.finishPasskeyLogin": { params: { credential: InputPasskeyCredential; from_dc_id?: number; from_auth_key_id?: Long }; result: auth_Authorization };
  "auth.initPasskeyLogin": { params: { api_id: number; api_hash: string }; result: auth_PasskeyLoginOptions };
  "auth.logOut": { params: {  }; result: auth_LoggedOut };
  "auth.recoverPassword": { params: { code: string; new_settings?: account_PasswordInputSettings }; result: auth_Authorization };
  "auth.requestPasswordRecovery": { params: {  }; result: auth_PasswordRecovery };
  "auth.resendCode": { params: { phone_number: string; phone_code_hash: string; reason?: string }; result: auth_SentCode };
  "auth.resetAuthorizations": { params: {  }; result: boolean };
  "auth.sendCode": { params: { phone_number: string; api_id: number; api_hash: string; settings: CodeSettings }; result: auth_SentCode };
  "auth.signIn": { params: { phone_number: string; phone_code_hash: string; phone_code?: string; email_verification?: EmailVerification }; result: auth_Authorization };
  "auth.signUp": { params: { no_joined_notifications?: boolean; phone_number: string; phone_code_hash: string; first_name: string; last_name: string }; result: auth_Authorization };
  "channels.checkUsername": { params: { channel: InputChannel; username: string }; result: boolean };
  "channels.createChannel": { params: { broadcast?: boolean; megagroup?: boolean; for_import?: boolean; forum?: boolean; title: string; about: string; geo_point?: InputGeoPoint; address?: string; ttl_period?: number }; result: Updates };
  "channels.deleteChannel": { params: { channel: InputChannel }; result: Updates };
  "channels.deleteMessages": { params: { channel: InputChannel; id: number[] }; result: messages_AffectedMessages };
  "channels.editAdmin": { params: { channel: InputChannel; user_id: InputUser; admin_rights: ChatAdminRights; rank?: string }; result: Updates };
  "channels.editBanned": { params: { channel: InputChannel; participant: InputPeer; banned_rights: ChatBannedRights }; result: Updates };
  "channels.editPhoto": { params: { channel: InputChannel; photo: InputChatPhoto }; result: Updates };
  "channels.editTitle": { params: { channel: InputChannel; title: string }; result: Updates };
  "channels.getAdminLog": { params: { channel: InputChannel; q: string; events_filter?: ChannelAdminLogEventsFilter; admins?: InputUser[]; max_id: Long; min_id: Long; limit: number }; result: channels_AdminLogResults };
  "channels.getFullChannel": { params: { channel: InputChannel }; result: messages_ChatFull };
  "channels.getGroupsForDiscussion": { params: {  }; result: messages_Chats };
  "channels.getMessages": { params: { channel: InputChannel; id: InputMessage[] }; result: messages_Messages };
  "channels.getParticipants": { params: { channel: InputChannel; filter: ChannelParticipantsFilter; offset: number; limit: number; hash: Long }; result: channels_ChannelParticipants };
  "channels.getSendAs": { params: { for_paid_reactions?: boolean; for_live_stories?: boolean; peer: InputPeer }; result: channels_SendAsPeers };
  "channels.inviteToChannel": { params: { channel: InputChannel; users: InputUser[] }; result: messages_InvitedUsers };
  "channels.joinChannel": { params: { channel: InputChannel }; result: messages_ChatInviteJoinResult };
  "channels.leaveChannel": { params: { channel: InputChannel }; result: Updates };
  "channels.readHistory": { params: { channel: InputChannel; max_id: number }; result: boolean };
  "channels.readMessageContents": { params: { channel: InputChannel; id: number[] }; result: boolean };
  "channels.setDiscussionGroup": { params: { broadcast: InputChannel; group: InputChannel }; result: boolean };
  "channels.toggleAntiSpam": { params: { channel: InputChannel; enabled: boolean }; result: Updates };
  "channels.toggleJoinRequest": { params: { apply_to_invites?: boolean; channel: InputChannel; enabled: boolean; guard_bot?: InputUser }; result: Updates };
  "channels.toggleJoinToSend": { params: { channel: InputChannel; enabled: boolean }; result: Updates };
  "channels.toggleParticipantsHidden": { params: { channel: InputChannel; enabled: boolean }; result: Updates };
  "channels.togglePreHistoryHidden": { params: { channel: InputChannel; enabled: boolean }; result: Updates };
  "channels.toggleSignatures": { params: { signatures_enabled?: boolean; profiles_enabled?: boolean; channel: InputChannel }; result: Updates };
  "channels.toggleSlowMode": { params: { channel: InputChannel; seconds: number }; result: Updates };
  "channels.updateUsername": { params: { channel: InputChannel; username: string }; result: boolean };
  "contacts.addContact": { params: { add_phone_privacy_exception?: boolean; id: InputUser; first_name: string; last_name: string; phone: string; note?: TextWithEntities }; result: Updates };
  "contacts.block": { params: { my_stories_from?: boolean; id: InputPeer }; result: boolean };
  "contacts.deleteContacts": { params: { id: InputUser[] }; result: Updates };
  "contacts.getBlocked": { params: { my_stories_from?: boolean; offset: number; limit: number }; result: contacts_Blocked };
  "contacts.getContacts": { params: { hash: Long }; result: contacts_Contacts };
  "contacts.importContacts": { params: { contacts: InputContact[] }; result: contacts_ImportedContacts };
  "contacts.resolvePhone": { params: { phone: string }; result: contacts_ResolvedPeer };
  "contacts.resolveUsername": { params: { username: string; referer?: string }; result: contacts_ResolvedPeer };
  "contacts.search": { params: { broadcasts?: boolean; bots?: boolean; q: string; limit: number }; result: contacts_Found };
  "contacts.unblock": { params: { my_stories_from?: boolean; id: InputPeer }; result: boolean };
  "folders.editPeerFolders": { params: { folder_peers: InputFolderPeer[] }; result: Updates };
  "help.acceptTermsOfService": { params: { id: DataJSON }; result: boolean };
  "messages.addChatUser": { params: { chat_id: Long; user_id: InputUser; fwd_limit: number }; result: messages_InvitedUsers };
  "messages.checkChatInvite": { params: { hash: string }; result: ChatInvite };
  "messages.deleteChatUser": { params: { revoke_history?: boolean; chat_id: Long; user_id: InputUser }; result: Updates };
  "messages.deleteExportedChatInvite": { params: { peer: InputPeer; link: string }; result: boolean };
  "messages.deleteHistory": { params: { just_clear?: boolean; revoke?: boolean; peer: InputPeer; max_id: number; min_date?: number; max_date?: number }; result: messages_AffectedHistory };
  "messages.deleteMessages": { params: { revoke?: boolean; id: number[] }; result: messages_AffectedMessages };
  "messages.deleteRevokedExportedChatInvites": { params: { peer: InputPeer; admin_id: InputUser }; result: boolean };
  "messages.deleteSavedHistory": { params: { parent_peer?: InputPeer; peer: InputPeer; max_id: number; min_date?: number; max_date?: number }; result: messages_AffectedHistory };
  "messages.deleteScheduledMessages": { params: { peer: InputPeer; id: number[] }; result: Updates };
  "messages.editChatAbout": { params: { peer: InputPeer; about: string }; result: boolean };
  "messages.editChatAdmin": { params: { chat_id: Long; user_id: InputUser; is_admin: boolean }; result: boolean };
  "messages.editChatCreator": { params: { peer: InputPeer; user_id: InputUser; password: InputCheckPasswordSRP }; result: Updates };
  "messages.editChatDefaultBannedRights": { params: { peer: InputPeer; banned_rights: ChatBannedRights }; result: Updates };
  "messages.editChatParticipantRank": { params: { peer: InputPeer; participant: InputPeer; rank: string }; result: Updates };
  "messages.editChatPhoto": { params: { chat_id: Long; photo: InputChatPhoto }; result: Updates };
  "messages.editChatTitle": { params: { chat_id: Long; title: string }; result: Updates };
  "messages.editExportedChatInvite": { params: { revoked?: boolean; peer: InputPeer; link: string; expire_date?: number; usage_limit?: number; request_needed?: boolean; title?: string }; result: messages_ExportedChatInvite };
  "messages.editMessage": { params: { no_webpage?: boolean; invert_media?: boolean; peer: InputPeer; id: number; message?: string; media?: InputMedia; reply_markup?: ReplyMarkup; entities?: MessageEntity[]; schedule_date?: number; schedule_repeat_period?: number; quick_reply_shortcut_id?: number; rich_message?: InputRichMessage }; result: Updates };
  "messages.exportChatInvite": { params: { legacy_revoke_permanent?: boolean; request_needed?: boolean; peer: InputPeer; expire_date?: number; usage_limit?: number; title?: string; subscription_pricing?: StarsSubscriptionPricing }; result: ExportedChatInvite };
  "messages.forwardMessages": { params: { silent?: boolean; background?: boolean; with_my_score?: boolean; drop_author?: boolean; drop_media_captions?: boolean; noforwards?: boolean; allow_paid_floodskip?: boolean; from_ephemeral?: boolean; from_peer: InputPeer; id: number[]; random_id: Long[]; to_peer: InputPeer; top_msg_id?: number; reply_to?: InputReplyTo; schedule_date?: number; schedule_repeat_period?: number; send_as?: InputPeer; quick_reply_shortcut?: InputQuickReplyShortcut; effect?: Long; video_timestamp?: number; allow_paid_stars?: Long; suggested_post?: SuggestedPost }; result: Updates };
  "messages.getAdminsWithInvites": { params: { peer: InputPeer }; result: messages_ChatAdminsWithInvites };
  "messages.getChatInviteImporters": { params: { requested?: boolean; subscription_expired?: boolean; peer: InputPeer; link?: string; q?: string; offset_date: number; offset_user: InputUser; limit: number }; result: messages_ChatInviteImporters };
  "messages.getCommonChats": { params: { user_id: InputUser; max_id: Long; limit: number }; result: messages_Chats };
  "messages.getDefaultHistoryTTL": { params: {  }; result: DefaultHistoryTTL };
  "messages.getDialogFilters": { params: {  }; result: messages_DialogFilters };
  "messages.getDialogs": { params: { exclude_pinned?: boolean; folder_id?: number; offset_date: number; offset_id: number; offset_peer: InputPeer; limit: number; hash: Long }; result: messages_Dialogs };
  "messages.getDiscussionMessage": { params: { peer: InputPeer; msg_id: number }; result: messages_DiscussionMessage };
  "messages.getExportedChatInvite": { params: { peer: InputPeer; link: string }; result: messages_ExportedChatInvite };
  "messages.getExportedChatInvites": { params: { revoked?: boolean; peer: InputPeer; admin_id: InputUser; offset_date?: number; offset_link?: string; limit: number }; result: messages_ExportedChatInvites };
  "messages.getFullChat": { params: { chat_id: Long }; result: messages_ChatFull };
  "messages.getHistory": { params: { peer: InputPeer; offset_id: number; offset_date: number; add_offset: number; limit: number; max_id: number; min_id: number; hash: Long }; result: messages_Messages };
  "messages.getMessageReactionsList": { params: { peer: InputPeer; id: number; reaction?: Reaction; offset?: string; limit: number }; result: messages_MessageReactionsList };
  "messages.getMessages": { params: { id: InputMessage[] }; result: messages_Messages };
  "messages.getMessagesViews": { params: { peer: InputPeer; id: number[]; increment: boolean }; result: messages_MessageViews };
  "messages.getPeerDialogs": { params: { peers: InputDialogPeer[] }; result: messages_PeerDialogs };
  "messages.getPinnedDialogs": { params: { folder_id: number }; result: messages_PeerDialogs };
  "messages.getPinnedSavedDialogs": { params: {  }; result: messages_SavedDialogs };
  "messages.getPollVotes": { params: { peer: InputPeer; id: number; option?: Bytes; offset?: string; limit: number }; result: messages_VotesList };
  "messages.getReplies": { params: { peer: InputPeer; msg_id: number; offset_id: number; offset_date: number; add_offset: number; limit: number; max_id: number; min_id: number; hash: Long }; result: messages_Messages };
  "messages.getSavedDialogs": { params: { exclude_pinned?: boolean; parent_peer?: InputPeer; offset_date: number; offset_id: number; offset_peer: InputPeer; limit: number; hash: Long }; result: messages_SavedDialogs };
  "messages.getSavedHistory": { params: { parent_peer?: InputPeer; peer: InputPeer; offset_id: number; offset_date: number; add_offset: number; limit: number; max_id: number; min_id: number; hash: Long }; result: messages_Messages };
  "messages.getScheduledHistory": { params: { peer: InputPeer; hash: Long }; result: messages_Messages };
  "messages.getSearchCounters": { params: { peer: InputPeer; saved_peer_id?: InputPeer; top_msg_id?: number; filters: MessagesFilter[] }; result: messages_SearchCounter[] };
  "messages.getSearchResultsCalendar": { params: { peer: InputPeer; saved_peer_id?: InputPeer; filter: MessagesFilter; offset_id: number; offset_date: number }; result: messages_SearchResultsCalendar };
  "messages.getSuggestedDialogFilters": { params: {  }; result: DialogFilterSuggested[] };
  "messages.getUnreadMentions": { params: { peer: InputPeer; top_msg_id?: number; offset_id: number; add_offset: number; limit: number; max_id: number; min_id: number }; result: messages_Messages };
  "messages.getUnreadReactions": { params: { peer: InputPeer; top_msg_id?: number; saved_peer_id?: InputPeer; offset_id: number; add_offset: number; limit: number; max_id: number; min_id: number }; result: messages_Messages };
  "messages.hideAllChatJoinRequests": { params: { approved?: boolean; peer: InputPeer; link?: string }; result: Updates };
  "messages.hideChatJoinRequest": { params: { approved?: boolean; peer: InputPeer; user_id: InputUser }; result: Updates };
  "messages.importChatInvite": { params: { hash: string }; result: messages_ChatInviteJoinResult };
  "messages.markDialogUnread": { params: { unread?: boolean; parent_peer?: InputPeer; peer: InputDialogPeer }; result: boolean };
  "messages.migrateChat": { params: { chat_id: Long }; result: Updates };
  "messages.readDiscussion": { params: { peer: InputPeer; msg_id: number; read_max_id: number }; result: boolean };
  "messages.readHistory": { params: { peer: InputPeer; max_id: number }; result: messages_AffectedMessages };
  "messages.readMentions": { params: { peer: InputPeer; top_msg_id?: number }; result: messages_AffectedHistory };
  "messages.readMessageContents": { params: { id: number[] }; result: messages_AffectedMessages };
  "messages.readReactions": { params: { peer: InputPeer; top_msg_id?: number; saved_peer_id?: InputPeer }; result: messages_AffectedHistory };
  "messages.reorderPinnedDialogs": { params: { force?: boolean; folder_id: number; order: InputDialogPeer[] }; result: boolean };
  "messages.report": { params: { peer: InputPeer; id: number[]; option: Bytes; message: string }; result: ReportResult };
  "messages.reportReaction": { params: { peer: InputPeer; id: number; reaction_peer: InputPeer }; result: boolean };
  "messages.saveDefaultSendAs": { params: { peer: InputPeer; send_as: InputPeer }; result: boolean };
  "messages.saveDraft": { params: { no_webpage?: boolean; invert_media?: boolean; reply_to?: InputReplyTo; peer: InputPeer; message: string; entities?: MessageEntity[]; media?: InputMedia; effect?: Long; suggested_post?: SuggestedPost; rich_message?: InputRichMessage }; result: boolean };
  "messages.search": { params: { peer: InputPeer; q: string; from_id?: InputPeer; saved_peer_id?: InputPeer; saved_reaction?: Reaction[]; top_msg_id?: number; filter: MessagesFilter; min_date: number; max_date: number; offset_id: number; add_offset: number; limit: number; max_id: number; min_id: number; hash: Long }; result: messages_Messages };
  "messages.searchGlobal": { params: { broadcasts_only?: boolean; groups_only?: boolean; users_only?: boolean; folder_id?: number; community?: InputChannel; q: string; filter: MessagesFilter; min_date: number; max_date: number; offset_rate: number; offset_peer: InputPeer; offset_id: number; limit: number }; result: messages_Messages };
  "messages.sendMedia": { params: { silent?: boolean; background?: boolean; clear_draft?: boolean; noforwards?: boolean; update_stickersets_order?: boolean; invert_media?: boolean; allow_paid_floodskip?: boolean; peer: InputPeer; reply_to?: InputReplyTo; media: InputMedia; message: string; random_id: Long; reply_markup?: ReplyMarkup; entities?: MessageEntity[]; schedule_date?: number; schedule_repeat_period?: number; send_as?: InputPeer; quick_reply_shortcut?: InputQuickReplyShortcut; effect?: Long; allow_paid_stars?: Long; suggested_post?: SuggestedPost }; result: Updates };
  "messages.sendMessage": { params: { no_webpage?: boolean; silent?: boolean; background?: boolean; clear_draft?: boolean; noforwards?: boolean; update_stickersets_order?: boolean; invert_media?: boolean; allow_paid_floodskip?: boolean; peer: InputPeer; reply_to?: InputReplyTo; message: string; random_id: Long; reply_markup?: ReplyMarkup; entities?: MessageEntity[]; schedule_date?: number; schedule_repeat_period?: number; send_as?: InputPeer; quick_reply_shortcut?: InputQuickReplyShortcut; effect?: Long; allow_paid_stars?: Long; suggested_post?: SuggestedPost; rich_message?: InputRichMessage }; result: Updates };
  "messages.sendMultiMedia": { params: { silent?: boolean; background?: boolean; clear_draft?: boolean; noforwards?: boolean; update_stickersets_order?: boolean; invert_media?: boolean; allow_paid_floodskip?: boolean; peer: InputPeer; reply_to?: InputReplyTo; multi_media: InputSingleMedia[]; schedule_date?: number; send_as?: InputPeer; quick_reply_shortcut?: InputQuickReplyShortcut; effect?: Long; allow_paid_stars?: Long }; result: Updates };
  "messages.sendReaction": { params: { big?: boolean; add_to_recent?: boolean; peer: InputPeer; msg_id: number; reaction?: Reaction[] }; result: Updates };
  "messages.sendScheduledMessages": { params: { peer: InputPeer; id: number[] }; result: Updates };
  "messages.sendVote": { params: { peer: InputPeer; msg_id: number; options: Bytes[] }; result: Updates };
  "messages.setDefaultHistoryTTL": { params: { period: number }; result: boolean };
  "messages.setHistoryTTL": { params: { peer: InputPeer; period: number }; result: Updates };
  "messages.setTyping": { params: { peer: InputPeer; top_msg_id?: number; action: SendMessageAction }; result: boolean };
  "messages.toggleDialogPin": { params: { pinned?: boolean; peer: InputDialogPeer }; result: boolean };
  "messages.toggleNoForwards": { params: { peer: InputPeer; enabled: boolean; request_msg_id?: number }; result: Updates };
  "messages.toggleSavedDialogPin": { params: { pinned?: boolean; peer: InputDialogPeer }; result: boolean };
  "messages.unpinAllMessages": { params: { peer: InputPeer; top_msg_id?: number; saved_peer_id?: InputPeer }; result: messages_AffectedHistory };
  "messages.updateDialogFilter": { params: { id: number; filter?: DialogFilter }; result: boolean };
  "messages.updateDialogFiltersOrder": { params: { order: number[] }; result: boolean };
  "messages.updatePinnedMessage": { params: { silent?: boolean; unpin?: boolean; pm_oneside?: boolean; peer: InputPeer; id: number }; result: Updates };
  "messages.uploadMedia": { params: { business_connection_id?: string; peer: InputPeer; media: InputMedia }; result: MessageMedia };
  "petitbleu.addCorrection": { params: { channel: InputChannel; id: number; text: string }; result: petitbleu_Corrections };
  "petitbleu.approve": { params: { edit?: boolean; channel: InputChannel; id: number; version: string; reason?: string }; result: petitbleu_Waiting };
  "petitbleu.checkDomain": { params: { channel: InputChannel }; result: petitbleu_Identity };
  "petitbleu.deleteCorrection": { params: { channel: InputChannel; id: number; date: number }; result: petitbleu_Corrections };
  "petitbleu.discardEdit": { params: { channel: InputChannel; id: number; version: string }; result: petitbleu_Waiting };
  "petitbleu.getAlt": { params: { channel: InputChannel; id: number }; result: petitbleu_Alt };
  "petitbleu.getAuthor": { params: { channel: InputChannel }; result: petitbleu_Author };
  "petitbleu.getCases": { params: {  }; result: petitbleu_Cases };
  "petitbleu.getCorrections": { params: { channel: InputChannel; id: number }; result: petitbleu_Corrections };
  "petitbleu.getExport": { params: {  }; result: petitbleu_Export };
  "petitbleu.getIdentity": { params: { channel: InputChannel }; result: petitbleu_Identity };
  "petitbleu.getPage": { params: { channel: InputChannel }; result: petitbleu_Page };
  "petitbleu.getReceipt": { params: { peer: InputPeer; id: number[]; reason?: string }; result: petitbleu_Receipt };
  "petitbleu.getVisits": { params: { channel: InputChannel }; result: petitbleu_Visits };
  "petitbleu.getWaiting": { params: { channel: InputChannel }; result: petitbleu_Waiting };
  "petitbleu.sendCode": { params: { who: string }; result: petitbleu_SentCode };
  "petitbleu.setAlt": { params: { channel: InputChannel; id: number; text: string }; result: boolean };
  "petitbleu.setAuthor": { params: { shown?: boolean; about?: boolean; photo?: boolean; channel: InputChannel }; result: petitbleu_Author };
  "petitbleu.setDomain": { params: { channel: InputChannel; domain: string }; result: petitbleu_Identity };
  "petitbleu.setIdentity": { params: { channel: InputChannel; name: string; value: string }; result: petitbleu_Identity };
  "petitbleu.setLogo": { params: { channel: InputChannel; file?: InputFile }; result: petitbleu_Identity };
  "petitbleu.setPage": { params: { channel: InputChannel; name: string; value: string }; result: petitbleu_Page };
  "petitbleu.setPreview": { params: { off?: boolean; edit?: boolean; channel: InputChannel; id: number }; result: petitbleu_Waiting };
  "petitbleu.startExport": { params: { password: InputCheckPasswordSRP }; result: petitbleu_Export };
  "photos.getUserPhotos": { params: { user_id: InputUser; offset: number; max_id: Long; limit: number }; result: photos_Photos };
  "photos.updateProfilePhoto": { params: { fallback?: boolean; bot?: InputUser; id: InputPhoto }; result: photos_Photo };
  "photos.uploadProfilePhoto": { params: { fallback?: boolean; bot?: InputUser; file?: InputFile; video?: InputFile; video_start_ts?: number; video_emoji_markup?: VideoSize }; result: photos_Photo };
  "updates.getChannelDifference": { params: { force?: boolean; channel: InputChannel; filter: ChannelMessagesFilter; pts: number; limit: number }; result: updates_ChannelDifference };
  "updates.getDifference": { params: { pts: number; pts_limit?: number; pts_total_limit?: number; date: number; qts: number; qts_limit?: number }; result: updates_Difference };
  "updates.getState": { params: {  }; result: updates_State };
  "users.getFullUser": { params: { id: InputUser }; result: users_UserFull };
  "users.getUsers": { params: { id: InputUser[] }; result: User[] };
}
