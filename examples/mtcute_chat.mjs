// Two people chat with mtcute: node mtcute_chat.mjs HOST PORT public.pem PHONE1 CODE1 PHONE2 CODE2
import { readFileSync } from 'node:fs'
import { MemoryStorage, TelegramClient } from '@mtcute/node'
import { NodeCryptoProvider, addPublicKey } from '@mtcute/node/utils.js'

const [host, port, pem, ...people] = process.argv.slice(2)
const crypto = new NodeCryptoProvider()
await crypto.initialize?.()
addPublicKey(crypto, readFileSync(pem, 'utf8'))
const dc = { id: 2, ipAddress: host, port: Number(port), ipv6: false, mediaOnly: false }

async function signUp(firstName, phoneNumber, phoneCode) {
  const tg = new TelegramClient({
    apiId: 1, apiHash: 'any', crypto, storage: new MemoryStorage(), defaultDcs: { main: dc, media: dc },
  })
  const { phoneCodeHash } = await tg.sendCode({ phone: phoneNumber })
  let done = await tg.call({ _: 'auth.signIn', phoneNumber, phoneCodeHash, phoneCode })
  if (done._ === 'auth.authorizationSignUpRequired') {
    done = await tg.call({ _: 'auth.signUp', phoneNumber, phoneCodeHash, firstName, lastName: '' })
  }
  await tg.notifyLoggedIn(done)
  await tg.startUpdatesLoop()
  return tg
}

const [ada, bob] = [await signUp('Ada', ...people.slice(0, 2)), await signUp('Bob', ...people.slice(2))]
const { users } = await ada.importContacts([{ phone: people[2], firstName: 'Bob', lastName: '' }])
bob.onNewMessage.add((m) => m.text === 'Hello Bob' && bob.replyText(m, 'Hello Ada'))
const heard = new Promise((done) => ada.onNewMessage.add((m) => m.text === 'Hello Ada' && done()))
await ada.sendText(users[0].id, 'Hello Bob')
await heard
for (const m of [...(await ada.getHistory(users[0].id))].reverse()) {
  console.log(m.isOutgoing ? 'Ada:' : 'Bob:', m.text)
}
await ada.destroy()
await bob.destroy()
