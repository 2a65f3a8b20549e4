// A mail server for tests. Takes its options as JSON, says where it listens and then every mail it has taken, one JSON line each.
// Mails and calendars are read by others' parsers, so that what we write is not judged by ourselves.
// With {"parse": true} it reads mails from files named on standard input instead.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import ICAL from 'ical.js'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

const options = JSON.parse(process.argv[2])
const say = line => process.stdout.write(JSON.stringify(line) + '\n')

function calendar(text) {
  const component = new ICAL.Component(ICAL.parse(text))
  const event = new ICAL.Event(component.getFirstSubcomponent('vevent'))
  return {
    method: component.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    location: event.location,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    status: event.component.getFirstPropertyValue('status'),
    organizer: event.organizer,
    attendees: event.attendees.map(one => one.getFirstValue()),
  }
}

async function read(raw, envelope) {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true })
  const calendars = mail.attachments.filter(one => /calendar|ics/.test(one.contentType))
  return {
    raw: raw.toString('latin1'),
    from: envelope?.from,
    to: envelope?.to,
    messageId: mail.messageId,
    subject: mail.subject,
    fromHeader: mail.from?.text,
    toHeader: mail.to?.text,
    date: mail.date?.toISOString(),
    text: mail.text,
    html: mail.html || null,
    headers: Object.fromEntries(mail.headerLines.map(one => [one.key, one.line])),
    files: mail.attachments.filter(one => one.filename).map(one => ({ name: one.filename, type: one.contentType, size: one.size })),
    calendars: calendars.map(one => calendar(one.content.toString('utf8'))),
    parts: mail.attachments.map(one => one.contentType),
  }
}

if (options.parse) {
  for await (const path of createInterface({ input: process.stdin })) say(await read(readFileSync(path)))
  process.exit(0)
}

const refuse = (code, text) => Object.assign(new Error(text), { responseCode: code })
const server = new SMTPServer({
  secure: options.security === 'Tls',
  hideSTARTTLS: options.security !== 'StartTls',
  key: options.key, cert: options.cert,
  authOptional: !options.user,
  authMethods: options.methods ?? ['PLAIN', 'LOGIN'],
  allowInsecureAuth: options.security === 'None',
  disableReverseLookup: true,
  logger: false,
  onAuth(auth, session, done) {
    const known = auth.username === options.user && auth.password === options.password
    done(known ? null : refuse(535, '5.7.8 who are you'), known ? { user: auth.username } : undefined)
  },
  onMailFrom: (address, session, done) => address.address.startsWith('nobody@') ? done(refuse(550, '5.7.1 not from you')) : done(),
  onRcptTo(address, session, done) {
    if (address.address.startsWith('unknown')) return done(refuse(550, '5.1.1 no such user'))
    if (address.address.startsWith('grey')) return done(refuse(451, '4.7.1 come back later'))
    done()
  },
  onData(stream, session, done) {
    const chunks = []
    stream.on('data', chunk => chunks.push(chunk))
    stream.on('end', async () => {
      const to = session.envelope.rcptTo.map(one => one.address)
      if (to[0].startsWith('spam')) return done(refuse(554, '5.7.1 looks like spam'))
      try {
        say(await read(Buffer.concat(chunks), { from: session.envelope.mailFrom.address, to }))
        done(null, 'queued')
      } catch (fault) {
        say({ fault: String(fault.stack) })
        done(refuse(554, '5.6.0 cannot be read'))
      }
    })
  },
})
server.on('error', () => {})
server.listen(options.port ?? 0, '127.0.0.1', () => say({ port: server.server.address().port }))
// When whoever started us has gone, so do we.
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
