// The mtcute driver's commands about chats, and a file in pieces over its own pool of connections.
import { appendFileSync, closeSync, existsSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { statSync } from 'node:fs'

export const CONNECTIONS = 4
const PIECE = 512 * 1024
const AT_ONCE = 2 // requests under way on each connection
const CHANNELS_FROM = -1_000_000_000_000
const RIGHTS = { changeInfo: true, deleteMessages: true, banUsers: true, inviteUsers: true, pinMessages: true }

export const marked = (peer) =>
  peer.userId ?? (peer.chatId === undefined ? CHANNELS_FROM - peer.channelId : -peer.chatId)
// A link as mtcute knows one: by Telegram's host name, and by no other.
const asTheirs = (link) => `https://t.me/${link.split('/').pop()}`
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())
const plain = (text) => (typeof text === 'string' ? text : text.text)
const lower = (text) => text[0].toLowerCase() + text.slice(1)
export const reactions = (found) =>
  Object.fromEntries((found?.results ?? []).map((one) => [one.reaction.emoticon, one.count]))
export const votes = (results) => (results?.results ?? []).map((one) => one.voters ?? 0)
export const folderTitle = (filter) => (filter ? plain(filter.title) : null)

// What the server has acknowledged stands in a journal on disk, a line a piece. With `dieAfter` the process
// kills itself, with other pieces still under way, when so many stand there.
async function carry(journal, dieAfter, pieces, move) {
  const done = new Set(existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').filter(Boolean).map(Number) : [])
  const waiting = [...Array(pieces).keys()].filter((piece) => !done.has(piece))
  let moved = 0
  const work = async () => {
    while (waiting.length) {
      const piece = waiting.shift()
      await move(piece)
      moved += 1
      done.add(piece)
      appendFileSync(journal, `${piece}\n`)
      if (dieAfter && done.size >= dieAfter) process.kill(process.pid, 'SIGKILL')
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS * AT_ONCE }, work))
  return moved
}

// `client()`: the connected TelegramClient; `read(message)`: a raw message as the test compares it;
// `Long`: the library's 64-bit numbers.
export function community(client, read, Long) {
  const user = async (id) => {
    const peer = await client().resolvePeer(id)
    if (peer._ === 'inputPeerSelf') return { _: 'inputUserSelf' }
    return { _: 'inputUser', userId: peer.userId, accessHash: peer.accessHash }
  }
  const channel = async (id) => {
    const { channelId, accessHash } = await client().resolvePeer(id)
    return { _: 'inputChannel', channelId, accessHash }
  }
  const perConnection = async (kind, moved) => {
    const pool = await client().getPoolSize(kind)
    return Array.from({ length: pool }, () => moved / pool)
  }
  return {
    async sign_in_bot({ token }) {
      const bot = await client().signInBot(token)
      await client().startUpdatesLoop()
      return { id: bot.id, bot: bot.isBot }
    },
    // ── chats ──
    async create_group({ title, users }) {
      return (await client().createGroup({ title, users })).chat.id
    },
    async create_channel({ title, group }) {
      return (await (group ? client().createSupergroup({ title }) : client().createChannel({ title }))).id
    },
    async add({ chat, user: id }) {
      return (await client().addChatMembers(chat, id, {})).map((one) => one.userId)
    },
    async remove({ chat, user: id }) {
      await client().kickChatMember({ chatId: chat, userId: id })
    },
    async leave({ chat }) {
      await client().leaveChat(chat)
    },
    async rename({ chat, title }) {
      await client().setChatTitle(chat, title)
    },
    async describe({ chat, about }) {
      await client().setChatDescription(chat, about)
    },
    async info({ chat }) {
      const full = await client().getFullChat(chat)
      const raw = full.full
      return {
        title: full.title,
        about: raw.about,
        slow: raw.slowmodeSeconds ?? 0,
        linked: raw.linkedChatId ? CHANNELS_FROM - raw.linkedChatId : null,
      }
    },
    async members({ chat }) {
      return Object.fromEntries((await client().getChatMembers(chat)).map((one) => [one.user.id, one.status]))
    },
    async standing({ chat, user: id }) {
      const one = await client().getChatMember({ chatId: chat, userId: id })
      const role = one.status === 'restricted' ? 'banned' : one.status
      return { role, title: one.raw.rank ?? null, until: one.raw.bannedRights?.untilDate ?? 0 }
    },
    async promote({ chat, user: id, title }) {
      if (chat > CHANNELS_FROM) { // the library knows no administrators of groups
        await client().call({ _: 'messages.editChatAdmin', chatId: -chat, userId: await user(id), isAdmin: true })
        return
      }
      await client().editAdminRights({ chatId: chat, userId: id, rights: RIGHTS, rank: title ?? '' })
    },
    async forbid({ chat, what }) {
      await client().setChatDefaultPermissions(chat, Object.fromEntries(what.map((name) => [camel(name), true])))
    },
    async restrict({ chat, user: id, until }) {
      const restrictions = { sendMessages: true }
      await client().restrictChatMember({ chatId: chat, userId: id, restrictions, until: until * 1000 })
    },
    async slow_mode({ chat, seconds }) {
      await client().setSlowMode(chat, seconds)
    },
    async migrate({ chat }) {
      const done = await client().call({ _: 'messages.migrateChat', chatId: -chat })
      client().handleClientUpdate(done)
      return CHANNELS_FROM - done.chats.find((one) => one._ === 'channel').id
    },
    async link_discussion({ channel: id, group }) {
      await client().call({
        _: 'channels.setDiscussionGroup', broadcast: await channel(id), group: await channel(group),
      })
    },
    // ── links ──
    async link({ chat, limit, until, approve }) {
      const wanted = { usageLimit: limit || undefined, expires: until ? until * 1000 : undefined, withApproval: approve }
      return (await client().createInviteLink(chat, wanted)).link
    },
    async preview({ link }) {
      const found = await client().getChatPreview(asTheirs(link))
      return { title: found.title, members: found.memberCount }
    },
    async join({ link }) {
      const joined = await client().joinChat(asTheirs(link))
      if (joined.status === 'request_sent') throw Object.assign(new Error('asked'), { text: 'INVITE_REQUEST_SENT' })
      return (joined.chat ?? joined).id
    },
    async joined_by({ chat, link }) {
      return (await client().getInviteLinkMembers(chat, { link })).map((one) => one.user.id)
    },
    async requests({ chat }) {
      return (await client().getInviteLinkMembers(chat, { requested: true })).map((one) => one.user.id)
    },
    async approve({ chat, user: id }) {
      await client().hideJoinRequest({ chatId: chat, user: id, action: 'approve' })
    },
    // ── messages ──
    async message({ peer, id }) {
      const [found] = await client().getMessages(peer, [id])
      return read(found.raw)
    },
    async comment({ channel: id, post, text }) {
      const [found] = await client().getMessages(id, [post])
      return (await client().commentText(found, text)).id
    },
    async comments({ channel: id, post }) {
      const peer = await client().resolvePeer(id)
      const page = { offsetId: 0, offsetDate: 0, addOffset: 0, limit: 100, maxId: 0, minId: 0, hash: 0 }
      const found = await client().call({ _: 'messages.getReplies', peer, msgId: post, ...page })
      return found.messages.map((one) => one.message)
    },
    async album({ peer, paths, caption }) {
      const medias = paths.map((path, number) => ({
        type: 'photo', file: new Uint8Array(readFileSync(path)), ...(number ? {} : { caption }),
      }))
      return (await client().sendMediaGroup(peer, medias)).map((one) => one.id)
    },
    async poll({ peer, question, answers }) {
      return (await client().sendMedia(peer, { type: 'poll', question, answers })).id
    },
    async vote({ peer, id, answer }) {
      await client().sendVote({ chatId: peer, message: id, options: answer })
    },
    async close_poll({ peer, id }) {
      await client().closePoll({ chatId: peer, message: id })
    },
    async react({ peer, id, emoji }) {
      await client().sendReaction({ chatId: peer, message: id, emoji })
    },
    async reactors({ peer, id }) {
      return (await client().getReactionUsers({ chatId: peer, messageId: id, message: id })).map((one) => [
        marked(one.raw.peerId), one.raw.reaction.emoticon,
      ])
    },
    async schedule({ peer, text, at }) {
      return (await client().sendText(peer, text, { schedule: at * 1000 })).id
    },
    async scheduled({ peer }) {
      const found = await client().getAllScheduledMessages(peer)
      return found.map((one) => [one.id, one.text, one.raw.date])
    },
    async send_scheduled({ peer, id }) {
      await client().sendScheduled(peer, [id])
    },
    async search({ query, peer = null }) {
      const found = peer === null
        ? await client().searchGlobal({ query, limit: 50 })
        : await client().searchMessages({ query, chatId: peer, limit: 50 })
      return found.map((one) => [one.chat.id, one.text])
    },
    // ── the account ──
    async set_folder({ id, title, peers }) {
      const includePeers = await Promise.all(peers.map((peer) => client().resolvePeer(peer)))
      await client().createFolder({ id, title: { _: 'textWithEntities', text: title, entities: [] }, includePeers })
    },
    async drop_folder({ id }) {
      await client().deleteFolder(id)
    },
    async folders() {
      const { filters } = await client().getFolders()
      return filters.filter((one) => one._ === 'dialogFilter').map((one) => ({
        id: one.id, title: plain(one.title), peers: one.includePeers.map(marked),
      }))
    },
    async privacy({ key, allow }) {
      const rules = allow === null ? [{ _: 'inputPrivacyValueAllowAll' }] : [
        { _: 'inputPrivacyValueAllowUsers', users: await Promise.all(allow.map(user)) },
        { _: 'inputPrivacyValueDisallowAll' },
      ]
      const done = await client().call({ _: 'account.setPrivacy', key: { _: `inputPrivacyKey${key}` }, rules })
      return done.rules.map((rule) => lower(rule._.replace('privacyValue', '')))
    },
    async status({ user: id }) {
      const [found] = await client().getUsers([id])
      return lower(found.raw.status._.replace('userStatus', ''))
    },
    async resolve({ name }) {
      return (await client().resolvePeer(name)).userId
    },
    // ── files in pieces ──
    async upload({ path, journal, file_id, die_after: dieAfter }) {
      const parts = Math.ceil(statSync(path).size / PIECE)
      const source = openSync(path)
      const fileId = Long.fromNumber(file_id)
      const moved = await carry(journal, dieAfter, parts, async (part) => {
        const data = Buffer.alloc(PIECE)
        const bytes = new Uint8Array(data.subarray(0, readSync(source, data, 0, PIECE, part * PIECE)))
        const request = { _: 'upload.saveBigFilePart', fileId, filePart: part, fileTotalParts: parts, bytes }
        if (!(await client().call(request, { kind: 'upload' }))) throw new Error('refused')
      })
      closeSync(source)
      return perConnection('upload', moved)
    },
    async keep({ name, file_id: id, size, random_id: randomId }) {
      const file = { _: 'inputFileBig', id: Long.fromNumber(id), parts: Math.ceil(size / PIECE), name }
      const attributes = [{ _: 'documentAttributeFilename', fileName: name }]
      const media = {
        _: 'inputMediaUploadedDocument', file, mimeType: 'application/octet-stream', attributes, forceFile: true,
      }
      const peer = { _: 'inputPeerSelf' }
      const request = { _: 'messages.sendMedia', peer, media, message: '', randomId: Long.fromNumber(randomId) }
      const done = await client().call(request)
      client().handleClientUpdate(done)
      return done.updates.find((one) => one._ === 'updateMessageID').id
    },
    async fetch({ id, path, journal, die_after: dieAfter }) {
      const [found] = await client().getMessages('me', [id])
      const { document } = found.raw.media
      const { accessHash, fileReference } = document
      const location = {
        _: 'inputDocumentFileLocation', id: document.id, accessHash, fileReference, thumbSize: '',
      }
      const target = openSync(path, existsSync(path) ? 'r+' : 'w+')
      const pieces = Math.ceil(document.size / PIECE)
      const moved = await carry(journal, dieAfter, pieces, async (piece) => {
        const request = { _: 'upload.getFile', location, offset: piece * PIECE, limit: PIECE }
        const { bytes } = await client().call(request, { kind: 'download' })
        writeSync(target, bytes, 0, bytes.length, piece * PIECE)
      })
      closeSync(target)
      return perConnection('download', moved)
    },
  }
}
