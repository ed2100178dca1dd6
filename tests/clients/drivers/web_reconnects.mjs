// Web libraries whose WebSocket is dropped again and again while calls are under way: @mtcute/web over TLS,
// GramJS (npm `telegram`) over plain WebSocket. Unmodified but for key and address.
// Prints one JSON object: rounds, answers, the slowest round in milliseconds, and what never came.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

console.log = console.info = console.error
const settings = JSON.parse(process.argv[2])
const require = createRequire(`${settings.modules}/package.json`)
const load = (name) => import(pathToFileURL(require.resolve(name).replace(/\.cjs$/, '.js')))
const sockets = new Set()
setInterval(() => {}, 1000) // a library between two attempts leaves the loop with nothing to do
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

// Numbers that differ from run to run only by the seed.
let state = settings.seed
const chance = (below) => {
  state = (state * 1103515245 + 12345) & 0x7fffffff
  return state % below
}

async function mtcute() {
  const { TelegramClient, MemoryStorage, WebCryptoProvider, WebSocketTransport } = await load('@mtcute/web')
  const utils = await load('@mtcute/web/utils.js')
  globalThis.navigator ??= { onLine: true, userAgent: 'Node' }
  globalThis.addEventListener ??= () => {}
  globalThis.removeEventListener ??= () => {}
  const { WebSocket } = require('ws')
  globalThis.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given)
      sockets.add(this)
      this.addEventListener('close', () => sockets.delete(this))
    }
    drop() {
      this.terminate()
    }
  }
  const [first, ...rest] = settings.host.split('.')
  const subdomains = Object.fromEntries([1, 2, 3, 4, 5].map((id) => [id, first]))
  const crypto = new WebCryptoProvider({
    wasmInput: new WebAssembly.Module(readFileSync(require.resolve('@mtcute/wasm/mtcute.wasm'))),
  })
  await crypto.initialize?.()
  utils.addPublicKey(crypto, settings.key)
  const dc = { id: 2, ipAddress: settings.host, port: settings.port, ipv6: false, mediaOnly: false }
  const tg = new TelegramClient({
    apiId: 1, apiHash: '0'.repeat(32), storage: new MemoryStorage(), logLevel: 1,
    defaultDcs: { main: dc, media: dc }, crypto,
    transport: new WebSocketTransport({ baseDomain: `${rest.join('.')}:${settings.port}`, subdomains }),
    network: { usePfs: true, reconnectionStrategy: () => 100 },
  })
  tg.onError.add(() => {})
  await tg.connect()
  const call = (query) => tg.call(query)
  const phone = settings.phone
  const sent = await tg.sendCode({ phone })
  const known = { phoneNumber: phone, phoneCodeHash: sent.phoneCodeHash }
  await call({ _: 'auth.signIn', ...known, phoneCode: settings.code })
  const done = await call({ _: 'auth.signUp', ...known, firstName: 'Web', lastName: '' })
  await tg.notifyLoggedIn(done)
  const asked = [
    { _: 'updates.getState' },
    { _: 'updates.getDifference', pts: 1, qts: 0, date: 0 },
    { _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] },
    { _: 'help.getAppConfig', hash: 0 },
    { _: 'help.getConfig' },
  ]
  return { call, asked, done: () => tg.destroy() }
}

async function gramjs() {
  const { TelegramClient, Api } = require('telegram')
  const { StringSession } = require('telegram/sessions')
  const { PromisedWebSockets } = require('telegram/extensions')
  const { ConnectionTCPObfuscated } = require('telegram/network')
  const { _serverKeys } = require('telegram/crypto/RSA')
  const bigInt = require('big-integer')
  _serverKeys.set(settings.fingerprint, { n: bigInt(settings.n), e: settings.e })
  class Dropped extends PromisedWebSockets {
    async connect() {
      sockets.add(this)
      return super.connect(settings.port, settings.host) // it knows the ports 80 and 443 only
    }
    drop() {
      sockets.delete(this)
      this.client?._connection?.socket?.destroy()
    }
  }
  const session = new StringSession('')
  session.setDC(2, settings.host, 80)
  const tg = new TelegramClient(session, 1, '0'.repeat(32), {
    connection: ConnectionTCPObfuscated, networkSocket: Dropped, useWSS: false, retryDelay: 100,
    requestRetries: 20, connectionRetries: 100,
  })
  tg.setLogLevel('error')
  console.error('connecting')
  await tg.connect()
  console.error('connected')
  const call = (query) => tg.invoke(query)
  const phoneNumber = settings.phone
  const sent = await call(
    new Api.auth.SendCode({ phoneNumber, apiId: 1, apiHash: '0'.repeat(32), settings: new Api.CodeSettings({}) }),
  )
  console.error('code sent')
  const known = { phoneNumber, phoneCodeHash: sent.phoneCodeHash }
  await call(new Api.auth.SignIn({ ...known, phoneCode: settings.code }))
  await call(new Api.auth.SignUp({ ...known, firstName: 'Web', lastName: '' }))
  const asked = [
    new Api.updates.GetState(),
    new Api.updates.GetDifference({ pts: 1, qts: 0, date: 0 }),
    new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }),
    new Api.help.GetAppConfig({ hash: 0 }),
    new Api.help.GetConfig(),
  ]
  return { call, asked, done: () => tg.destroy() }
}

const client = await (settings.client === 'gramjs' ? gramjs() : mtcute())
let answers = 0
let slowest = 0
const lost = []
for (let round = 0; round < settings.rounds; round++) {
  const begun = Date.now()
  const calls = Array.from({ length: 2 + chance(6) }, () => client.asked[chance(client.asked.length)])
  const running = calls.map((one) => client.call(one))
  if (chance(2)) await sleep(chance(30))
  for (const socket of [...sockets]) socket.drop()
  if (chance(2)) await sleep(chance(300))
  const more = [client.asked[0], client.asked[4]].map((one) => client.call(one))
  const all = [...running, ...more].map((one) => one.then(() => true, (error) => `${error}`))
  const got = await Promise.race([Promise.all(all), sleep(settings.seconds * 1000)])
  if (got === undefined) lost.push(`round ${round}: not all of ${all.length} answers came`)
  else {
    answers += got.filter((one) => one === true).length
    lost.push(...got.filter((one) => one !== true).map((one) => `round ${round}: ${one}`))
  }
  slowest = Math.max(slowest, Date.now() - begun)
}
process.stdout.write(`${JSON.stringify({ rounds: settings.rounds, answers, slowest, lost })}\n`)
await Promise.race([client.done(), sleep(2000)])
process.exit(0)
