// mtcute over TCP (@mtcute/node) and over WebSocket with TLS (@mtcute/web): unmodified but for the
// server's key and address. Where the web package runs in Node, the few browser names it reads are given.
import { createRequire } from 'node:module'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { CONNECTIONS, community, folderTitle, marked, reactions, votes } from './mtcute_community.mjs'

console.log = console.info = console.error // the protocol owns stdout
const settings = JSON.parse(process.argv[2])
const require = createRequire(`${settings.modules}/package.json`)
const load = (name) => import(pathToFileURL(require.resolve(name).replace(/\.cjs$/, '.js')))
const web = settings.client === 'mtcute_web'
const name = web ? '@mtcute/web' : '@mtcute/node'
const { TelegramClient, MemoryStorage, WebCryptoProvider, WebSocketTransport } = await load(name)
const utils = await load(`${name}/utils.js`)
const { default: Long } = await load('long')

const dc = { id: 2, ipAddress: settings.host, port: settings.port, ipv6: false, mediaOnly: false }
let platform = {}
if (web) {
  globalThis.navigator ??= { onLine: true, userAgent: 'Node' }
  globalThis.addEventListener ??= () => {}
  globalThis.removeEventListener ??= () => {}
  globalThis.WebSocket ??= require('ws').WebSocket
  // The transport dials wss://<subdomain>.<base>/apiws: the two halves of 127.0.0.1:port.
  const [first, ...rest] = settings.host.split('.')
  const subdomains = Object.fromEntries([1, 2, 3, 4, 5].map((id) => [id, first]))
  const baseDomain = `${rest.join('.')}:${settings.port}`
  platform = {
    transport: new WebSocketTransport({ baseDomain, subdomains }),
    crypto: new WebCryptoProvider({
      wasmInput: new WebAssembly.Module(readFileSync(require.resolve('@mtcute/wasm/mtcute.wasm'))),
    }),
  }
} else {
  platform = { crypto: new utils.NodeCryptoProvider() }
}
await platform.crypto.initialize?.()
utils.addPublicKey(platform.crypto, settings.key)

const storages = new Map() // session name -> storage, kept over reconnects
let tg = null
let seen = []

const upper = (text) => text[0].toUpperCase() + text.slice(1)
const lower = (text) => text[0].toLowerCase() + text.slice(1)
const readEntities = (list) =>
  (list ?? []).map((e) => [lower(e._.replace('messageEntity', '')), e.offset, e.length, e.url ?? null])
const writeEntities = (list) =>
  (list ?? []).map(([kind, offset, length, url]) => ({
    _: `messageEntity${upper(kind)}`, offset, length, ...(url ? { url } : {}),
  }))
const message = (m) => ({
  id: m.id,
  peer: marked(m.peerId),
  sender: marked(m.fromId ?? m.peerId),
  out: Boolean(m.out),
  text: m.message,
  entities: readEntities(m.entities),
  reply_to: m.replyTo?.replyToMsgId ?? null,
  forward: m.fwdFrom?.fromId ? marked(m.fwdFrom.fromId) : null,
  edited: m.editDate !== undefined && m.editDate !== null,
  pinned: Boolean(m.pinned),
  media: m.media ? lower(m.media._.replace('messageMedia', '')) : null,
  group: m.groupedId?.toString() ?? null,
  replies: m.replies?.replies ?? 0,
  reactions: reactions(m.reactions),
  votes: votes(m.media?.results),
  closed: Boolean(m.media?.poll?.closed),
})
const fresh = ({ message: m }) => {
  if (m._ === 'message') return { kind: 'new', ...message(m) }
  return { kind: 'service', action: lower(m.action._.replace('messageAction', '')), peer: marked(m.peerId), id: m.id }
}
const edited = ({ message: m }) => m._ === 'message' && { kind: 'edit', ...message(m) }

const readers = {
  updateNewMessage: fresh,
  updateNewChannelMessage: fresh,
  updateEditMessage: edited,
  updateEditChannelMessage: edited,
  updateDeleteMessages: (u) => ({ kind: 'delete', ids: u.messages }),
  updateReadHistoryInbox: (u) => ({ kind: 'read_in', max: u.maxId }),
  updateReadHistoryOutbox: (u) => ({ kind: 'read_out', max: u.maxId }),
  updateUserTyping: (u) => ({ kind: 'typing', user: u.userId }),
  updatePinnedMessages: (u) => ({ kind: 'pin', ids: u.messages, on: Boolean(u.pinned) }),
  updateDraftMessage: (u) => ({ kind: 'draft', text: u.draft.message ?? '' }),
  updateChannel: (u) => ({ kind: 'channel', peer: marked(u) }),
  updatePendingJoinRequests: (u) => ({ kind: 'requests', count: u.requestsPending }),
  updateMessagePoll: (u) => ({ kind: 'poll', closed: Boolean(u.poll?.closed), votes: votes(u.results) }),
  updateMessageReactions: (u) => ({ kind: 'reactions', id: u.msgId, counts: reactions(u.reactions) }),
  updateDialogFilter: (u) => ({ kind: 'folder', id: u.id, title: folderTitle(u.filter) }),
  updateNewScheduledMessage: (u) => ({ kind: 'scheduled', id: u.message.id, text: u.message.message }),
  updatePrivacy: () => ({ kind: 'privacy' }),
}

// The session of a process that is killed must outlive it: its string is kept beside the log.
let sessionFile = null
const loggedIn = async (user) => {
  await tg.startUpdatesLoop()
  writeFileSync(sessionFile, await tg.exportSession())
  return user
}

const commands = {
  ...community(() => tg, message, Long),
  async connect({ session, catch_up: catchUp = false }) {
    sessionFile = `${settings.folder}/${session}.txt`
    const kept = !storages.has(session) && existsSync(sessionFile)
    const known = kept || storages.has(session)
    if (!storages.has(session)) storages.set(session, new MemoryStorage())
    tg = new TelegramClient({
      apiId: 1,
      apiHash: '0'.repeat(32),
      storage: storages.get(session),
      defaultDcs: { main: dc, media: dc },
      updates: { catchUp },
      network: { connectionCount: (kind) => (kind === 'main' ? 0 : CONNECTIONS) },
      logLevel: 3,
      ...platform,
    })
    tg.onRawUpdate.add(({ update }) => {
      const event = readers[update._]?.(update)
      if (event) seen.push(event)
    })
    tg.onError.add((error) => console.error('client error', error))
    if (kept) await tg.importSession(readFileSync(sessionFile, 'utf8'))
    await tg.connect()
    if (known) {
      await tg.getMe()
      await tg.startUpdatesLoop()
    }
    return { authorized: known }
  },
  async disconnect() {
    if (tg !== null) await tg.destroy()
    tg = null
  },
  async sign_up({ phone, code, first }) {
    const sent = await tg.sendCode({ phone })
    const firstTry = await tg.call({
      _: 'auth.signIn', phoneNumber: phone, phoneCodeHash: sent.phoneCodeHash, phoneCode: code,
    })
    if (firstTry._ !== 'auth.authorizationSignUpRequired') throw new Error(`got ${firstTry._}`)
    const done = await tg.call({
      _: 'auth.signUp', phoneNumber: phone, phoneCodeHash: sent.phoneCodeHash, firstName: first, lastName: '',
    })
    const user = await loggedIn(await tg.notifyLoggedIn(done))
    return { id: user.id, first: user.firstName }
  },
  async sign_in({ phone, code, password = null, wrong = null }) {
    const sent = await tg.sendCode({ phone })
    let asked = false
    let user
    try {
      user = await tg.signIn({ phone, phoneCodeHash: sent.phoneCodeHash, phoneCode: code })
    } catch (error) {
      if (error.text !== 'SESSION_PASSWORD_NEEDED') throw error
      asked = true
      if (wrong !== null) {
        const taken = await tg.checkPassword(wrong).then(() => true, (e) => e.text)
        if (taken !== 'PASSWORD_HASH_INVALID') throw new Error(`a wrong password gave ${taken}`)
      }
      user = await tg.checkPassword(password)
    }
    await loggedIn(user)
    return { id: user.id, password_asked: asked }
  },
  async set_password({ password }) {
    await tg.enableCloudPassword({ password, hint: 'hint' })
  },
  async sessions() {
    const { authorizations } = await tg.call({ _: 'account.getAuthorizations' })
    return authorizations.map((a) => ({ current: Boolean(a.current), hash: a.hash.toString() }))
  },
  async contact({ phone, first }) {
    const { users } = await tg.importContacts([{ phone, firstName: first, lastName: '' }])
    return { id: users[0].id, first: users[0].firstName }
  },
  async send({ peer, text, entities = null, reply_to: replyTo = null }) {
    const given = entities === null ? text : { text, entities: writeEntities(entities) }
    const sent = await tg.sendText(peer, given, replyTo === null ? {} : { replyTo })
    return { id: sent.id }
  },
  async edit({ peer, id, text }) {
    await tg.editMessage({ chatId: peer, message: id, text })
  },
  async delete({ peer, ids }) {
    await tg.deleteMessagesById(peer, ids, { revoke: true })
  },
  async read({ peer, max_id: maxId }) {
    await tg.readHistory(peer, { maxId })
  },
  async typing({ peer }) {
    const action = { _: 'sendMessageTypingAction' }
    await tg.call({ _: 'messages.setTyping', peer: await tg.resolvePeer(peer), action })
  },
  async forward({ to, source, ids }) {
    const done = await tg.forwardMessagesById({ toChatId: to, fromChatId: source, messages: ids })
    return done.map((m) => m.id)
  },
  async send_file({ peer, path, caption, photo }) {
    const file = new Uint8Array(readFileSync(path))
    const fileName = path.split('/').pop()
    const sent = await tg.sendMedia(peer, { type: photo ? 'photo' : 'document', file, fileName, caption })
    return { id: sent.id }
  },
  async download({ peer, id, path }) {
    const [found] = await tg.getMessages(peer, [id])
    writeFileSync(path, await tg.downloadAsBuffer(found.media))
  },
  async pin({ peer, id }) {
    await tg.pinMessage({ chatId: peer, message: id, bothSides: true })
  },
  async draft({ peer, text }) {
    await tg.call({ _: 'messages.saveDraft', peer: await tg.resolvePeer(peer), message: text })
  },
  async dialogs() {
    const found = []
    for await (const dialog of tg.iterDialogs()) found.push(dialog.peer.id)
    return found
  },
  async history({ peer, limit }) {
    const found = []
    for await (const m of tg.iterHistory(peer, { limit })) {
      if (m.raw._ === 'message') found.push(message(m.raw))
    }
    return found
  },
  async bulk({ peer, texts }) {
    const ids = []
    for (const text of texts) ids.push((await tg.sendText(peer, text)).id)
    return ids
  },
  catch_up: ({ session }) => commands.connect({ session, catch_up: true }),
  async events() {
    const taken = seen
    seen = []
    return taken
  },
}
for await (const line of createInterface({ input: process.stdin, terminal: false })) {
  const request = JSON.parse(line)
  let answer
  try {
    const done = await commands[request.do](request)
    answer = { ok: done ?? null }
  } catch (error) {
    console.error(error)
    answer = { error: `${error.name ?? 'Error'}: ${error.text ?? error.message}`, refusal: error.text ?? '' }
    if (Number.isInteger(error.seconds)) answer.seconds = error.seconds
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
await commands.disconnect()
process.exit(0)
