import { describe, expect, it } from '@jest/globals'
import { clockText, tidyText, toSrt, toVtt, type Cue } from '@/media/captions'
import { readCaptions } from '@/media/captions-parse'

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, big = false, mark = true) => {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le')
  return big ? bytes.swap16() : bytes
}
const read = (text: string) => readCaptions(utf8(text))
const cuesOf = (text: string): Cue[] => {
  const done = read(text)
  if (!done.ok) throw new Error(done.reason)
  return done.cues
}
const refusalOf = (bytes: Uint8Array) => {
  const done = readCaptions(bytes)
  return done.ok ? 'taken' : [done.reason, done.detail?.line ?? 0].join(' ')
}

const SRT = `1
00:00:01,000 --> 00:00:03,500
Chè Tân Cương
vào vụ xuân.

2
00:00:04,000 --> 00:00:06,000
<i>Bốn mươi sáu</i> tấn.
`
const CUES: Cue[] = [
  { start: 1000, end: 3500, text: 'Chè Tân Cương\nvào vụ xuân.' },
  { start: 4000, end: 6000, text: '<i>Bốn mươi sáu</i> tấn.' },
]

describe('a file of captions is read', () => {
  it.each([
    ['SRT', utf8(SRT)],
    ['SRT of Windows, with a mark', utf8(`\ufeff${SRT.replaceAll('\n', '\r\n')}`)],
    ['SRT in UTF-16', utf16(SRT)],
    ['SRT in UTF-16, the other way round', utf16(SRT, true)],
    ['SRT in UTF-16 without a mark', utf16(SRT, false, false)],
    ['letters in parts', utf8(SRT.normalize('NFD'))],
    ['SRT with a point for the comma', utf8(SRT.replaceAll(',', '.'))],
    ['SRT without empty lines', utf8(SRT.replace('\n\n2', '\n2'))],
    [
      'WebVTT with all its furniture',
      utf8(
        `WEBVTT - tiếng Việt\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\nSTYLE\n::cue { color: red }\n\nNOTE\nghi chú\n\n` +
          `câu-1\n00:01.000 --> 00:03.500 line:0% align:start\n<v Lan><c.vang>Chè Tân Cương</c>\nvào vụ xuân.\n\n` +
          `00:00:04.000 --> 00:00:06.000\n<i>Bốn <00:00:04.500>mươi sáu</i> tấn.\n`,
      ),
    ],
    ['cues out of order', utf8(SRT.split('\n\n').reverse().join('\n\n'))],
  ])('%s', (_name, bytes) => {
    const done = readCaptions(bytes)
    expect(done.ok && done.cues).toEqual(CUES)
  })

  it('a line left empty inside an SRT caption loses no word', () => {
    expect(cuesOf('1\n00:00:01,000 --> 00:00:02,000\nMột\n\nHai\n\n2\n00:00:03,000 --> 00:00:04,000\nBa')).toEqual([
      { start: 1000, end: 2000, text: 'Một\nHai' },
      { start: 3000, end: 4000, text: 'Ba' },
    ]) // prettier-ignore
  })

  it('of tags only italic and bold stay, in pairs; orders to a player and unseen letters go', () => {
    const text =
      '{\\an8}<font color="#f00">Đỏ</font> <b>đậm <i>xiên</b> \u202egiả <script>x</script>'
    expect(cuesOf(`00:00:01,000 --> 00:00:02,000\n${text}`)[0]?.text).toBe(
      'Đỏ <b>đậm <i>xiên giả x</i></b>',
    )
  })

  it('what the signs of WebVTT stand for is the letters themselves, and no tag', () => {
    const [cue] = cuesOf('WEBVTT\n\n00:01.000 --> 00:02.000\nA &amp; B &lt;3 &lt;i&gt; 5 > 4')
    expect(cue?.text).toBe('A & B <3 ‹i› 5 > 4')
  })
})

describe('a file that can not be taken is refused in words, with its line', () => {
  // The Vietnamese for "The Socialist Republic of Vietnam" as the old tables keep it.
  const tcvn3 = Buffer.from('43e96e672068dfa62078b7206869eb692063e8f02064f96e672056696574206e616d', 'hex') // prettier-ignore
  const inTimes = (text: Uint8Array) =>
    Buffer.concat([Buffer.from('1\n00:00:01,000 --> 00:00:02,000\n'), text])
  it.each([
    ['nothing at all', new Uint8Array(), 'no-cues 0'],
    ['two megabytes and one', new Uint8Array(2 * 1024 ** 2 + 1), 'too-big 0'],
    ['TCVN3', inTimes(tcvn3), 'old-letters 0'],
    ['TCVN3 that was saved as if it were Western', utf8(`00:00:01,000 --> 00:00:09,000\nCéng hßa x· héi chñ nghÜa ViÖt Nam, ®éc lËp tù do h¹nh phóc, n­íc ta ®ang b­íc vµo mïa xu©n`), 'old-letters 0'],
    ['VNI that was saved as if it were Western', utf8(`00:00:01,000 --> 00:00:09,000\nCoäng hoøa xaõ hoäi chuû nghóa Vieät Nam ñoäc laäp töï do haïnh phuùc`), 'old-letters 0'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not-captions 0'],
    ['a web page', utf8('<html><script>alert(1)</script></html>'), 'not-captions 0'],
    ['WebVTT without a caption', utf8('WEBVTT\n\nNOTE hết'), 'no-cues 0'],
    ['times without an end', utf8('1\n00:00:01,000 -->\nMột'), 'bad-time 2'],
    ['minutes over 59', utf8('1\n00:61:01,000 --> 00:62:00,000\nMột'), 'bad-time 2'],
    ['a year', utf8('1\n00:00:01,000 --> 999:00:00,000\nMột'), 'bad-time 2'],
    ['an arrow in the text', utf8('1\n00:00:01,000 --> 00:00:02,000\nđi --> về'), 'bad-time 3'],
    ['one endless caption', utf8(`1\n00:00:01,000 --> 00:00:02,000\n${'chữ '.repeat(400)}`), 'too-long 3'],
    ['one endless line', utf8(`1\n${'x'.repeat(6000)}`), 'too-long 2'],
    ['too many captions', utf8('00:00:01,000 --> 00:00:02,000\na\n\n'.repeat(10_001)), 'too-many 0'],
  ])('%s', (_name, bytes, expected) => {
    expect(refusalOf(bytes)).toBe(expected)
  }) // prettier-ignore

  it('French and German are no old Vietnamese', () => {
    const text =
      'Où êtes-vous allées, chères élèves ? Köln, schöne Grüße für den Bäcker, très bien, déjà vu'
    expect(refusalOf(utf8(`00:00:01,000 --> 00:00:09,000\n${text}`))).toBe('taken')
  })

  const big = (unit: string, head = '1\n00:00:01,000 --> 00:00:02,000\n') =>
    utf8(head + unit.repeat(Math.floor((2 * 1024 ** 2 - head.length) / unit.length)))
  it.each([
    ['opened tags', big('<i>')],
    ['tags on lines', big('<b <i {\\a\n')],
    ['braces', big('{\\an8 ')],
    ['arrows', big('-->')],
    ['times', big('00:00:01,000 --> 00:00:02,000\n')],
    ['times with an opened tag', big('\n\n00:00:01,000 --> 00:00:02,000\n<a <b {\\ &lt;&amp')],
    ['notes', big('\n\nNOTE x', 'WEBVTT')],
    ['empty lines', big('\n')],
    ['numbers', big('1\n')],
    ['colons', big('0:')],
  ])('two megabytes of %s are judged in less than two seconds of work', (_name, bytes) => {
    const began = process.cpuUsage()
    readCaptions(bytes)
    // The processor's time: how long it takes on a clock is the machine's other work as well.
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2000)
  })
})

describe('what is written is read again as the same', () => {
  const cues = [...CUES, { start: 3_600_000, end: 3_661_042, text: 'A & B < C > <b>d</b>' }]
  it.each([['WebVTT', toVtt(cues, 'Phụ đề do máy tạo')], ['SRT', toSrt(cues)]])('%s', (_name, text) => {
    expect(cuesOf(text)).toEqual(cues)
  }) // prettier-ignore

  it('nothing in a text can end its caption or begin a tag in WebVTT', () => {
    const text = tidyText('một\n\nhai --> ba <script>')
    expect(toVtt([{ start: 0, end: 1000, text }])).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nmột\nhai --&gt; ba &lt;script&gt;\n',
    )
  })

  it('a stray tag on a line of its own leaves no blank line, and dropped tags make no new ones', () => {
    const stray = 'Hai người\n</i>\nbị thương'
    expect(tidyText(stray)).toBe('Hai người\nbị thương')
    expect(cuesOf(toVtt([{ start: 0, end: 1000, text: tidyText(stray) }]))[0]?.text).toBe('Hai người\nbị thương') // prettier-ignore
    expect(['<</i>i>a', '<</b></b>/b>a', '<i</b>>a'].map(tidyText)).toEqual(['< i>a', '< /b>a', '<i >a']) // prettier-ignore
  })

  it('times carry hours and milliseconds', () => {
    expect([clockText(3_723_004, '.'), clockText(999.6, ',')]).toEqual([
      '01:02:03.004',
      '00:00:01,000',
    ])
  })
})
