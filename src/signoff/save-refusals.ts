import { APIError } from 'payload'
import type { PayloadRequest } from 'payload'
import { record } from '@/audit/record'
import type { Refusal } from '@/errors'
import { refuse } from '@/errors'
import { personOf, type Person } from '@/people/person'
import { actorOf } from './desk-item'

const say = (reason: string, vi: string, en: string): Refusal => refuse(reason, { vi, en })

export const SAVE = {
  nobody: say('nobody', 'Cần đăng nhập.', 'Sign in first.'),
  restoreOff: say('restore-off', 'Không khôi phục bản cũ ở đây. Mở bản cũ, chép phần cần dùng rồi lưu.', 'Old versions are not restored here. Open the old one, copy what you need and save.'), // prettier-ignore
  deleteOff: say('delete-off', 'Tin không xóa được. Dùng "Loại" hoặc "Hủy".', 'Stories are not deleted. Spike or kill it instead.'), // prettier-ignore
  duplicateOff: say(
    'duplicate-off',
    'Không nhân bản tin. Tạo tin mới.',
    'Stories are not duplicated. Make a new one.',
  ),
  bulkOff: say('bulk-off', 'Không sửa nhiều tin một lúc.', 'Stories are not edited in bulk.'),
  revisionMissing: say('revision-missing', 'Thiếu số bản đã mở. Tải lại trang rồi lưu.', 'The revision you started from is missing. Reload and save again.'), // prettier-ignore
  stale: say('stale', 'Có người vừa lưu trước. Chữ bạn gõ vẫn còn: tải bản mới rồi ghép vào.', 'Somebody saved first. What you typed is kept: load the new text and merge.'), // prettier-ignore
  duplicate: say(
    'duplicate',
    'Kênh này đã có bản kênh của tin.',
    'This channel has a variant of the story already.',
  ),
  channelOff: say('channel-off', 'Kênh không còn dùng.', 'The channel is not in use.'),
  absent: say('absent', 'Không có tin này.', 'There is no such story.'),
}

const STATUS: Record<string, number> = {
  nobody: 401,
  'revision-missing': 400,
  stale: 409,
  duplicate: 409,
  absent: 404,
  'channel-off': 422,
  'wrong-state': 422,
}

/** A refusal as Payload's hooks carry it: the admin shows the Vietnamese sentence, callers read the word. */
export const thrown = ({ reason, help, detail }: Refusal): APIError =>
  new APIError(
    help.vi,
    STATUS[reason] ?? 403,
    { reason, help, ...(detail ? { detail } : {}) },
    true,
  )

/** Every save has a person behind it: no worker, no key and no script writes words. */
export const saver = (req: PayloadRequest): Person => {
  const person = personOf(req.user)
  if (!person || person.kind !== 'person') throw thrown(SAVE.nobody)
  return person
}

/** Writes the refusal down, then throws it. */
export const refuseSave = async (args: {
  req: PayloadRequest
  person: Person
  action: 'story.save' | 'variant.save'
  story: string
  refusal: Refusal
}): Promise<never> => {
  const { req, person, action, story, refusal } = args
  await record({
    payload: req.payload,
    actor: actorOf(person),
    action,
    outcome: 'refused',
    subject: action === 'story.save' ? 'stories' : 'variants',
    subjectId: story,
    story,
    reason: refusal.reason,
  })
  throw thrown(refusal)
}
