import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'

/** The same rows every time: a linear congruence is chance enough for words. */
export const chance = (seed: number) => {
  let at = seed
  return (below: number): number => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648
    return at % below
  }
}
export type Chance = ReturnType<typeof chance>

const TOPICS =
  'chè cà phê lúa cầu đường trường chợ hội đồng nhân dân kỳ họp lũ quét sạt lở bão hạn mặn giá vàng xuất khẩu tôm cá rừng phòng hộ bệnh viện vắc xin học sinh giáo viên thi tốt nghiệp lễ hội đua ghe quan họ hát then làng nghề gốm lụa du lịch biển đảo cảng sân bay cao tốc điện mặt trời nước sạch rác thải cháy nổ tai nạn xét xử bầu cử quy hoạch đất đai nhà ở xã hội bảo hiểm lương hưu' // prettier-ignore
    .split(' ')
const PEOPLE = 'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý'.split(' ')
const MIDDLE = 'Văn Thị Hữu Đức Minh Thanh Quốc Ngọc Xuân Kim'.split(' ')
const GIVEN = 'An Bình Châu Dũng Giang Hà Hải Hạnh Hùng Hương Khánh Lan Linh Long Mai Nam Nga Phúc Quân Sơn Tâm Thảo Trang Tuấn Vinh Yến'.split(' ') // prettier-ignore
const PLACES = ['Đồng Hỷ', 'Tân Cương', 'Tuyên Quang', 'Sóc Trăng', 'Bắc Kạn', 'Phụng Hiệp', 'Mường Lát', 'Khánh Lê', 'Cà Mau', 'Hà Giang', 'Lý Sơn', 'Đắk Lắk', 'Gò Công', 'Quản Bạ', 'Định Hóa', 'Ba Chẽ', 'Thạnh Phú', 'Vĩnh Linh'] // prettier-ignore

const pick = <T>(from: readonly T[], roll: Chance): T => {
  const one = from[roll(from.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}
const words = (count: number, roll: Chance) =>
  Array.from({ length: count }, () => pick(TOPICS, roll)).join(' ')
const person = (roll: Chance) => `${pick(PEOPLE, roll)} ${pick(MIDDLE, roll)} ${pick(GIVEN, roll)}`
const day = (year: number, roll: Chance) =>
  `${year}-${String(1 + roll(12)).padStart(2, '0')}-${String(1 + roll(28)).padStart(2, '0')}`

export type Told = { title: string; people: string; place: string; day: string }

const inserter = (database: DatabaseSync, table: string, columns: readonly string[]) => {
  const marks = columns.map(() => '?').join(', ')
  const names = columns.map((name) => `"${name}"`).join(', ')
  return database.prepare(`insert into "${table}" (${names}) values (${marks})`)
}

const FILES: Record<string, string[]> = {
  poster: ['320.webp', '640.webp', '1280.jpg', 'poster.jpg'],
  sprite: ['sprite.jpg', 'sprite.json'],
  proxy: ['proxy.mp4'],
}
const SHA = 'a'.repeat(64)
const filesOf = (recipe: string) =>
  JSON.stringify(
    (FILES[recipe] ?? []).map((path) => ({ path, bytes: 1000, sha256: SHA, mime: 'image/webp' })),
  )

const openTables = (database: DatabaseSync) => ({
  asset: inserter(database, 'assets', ['id', 'title', 'sha256', 'store_key', 'kind', 'bytes', 'duration_seconds', 'state', 'parent', 'revision']), // prettier-ignore
  note: inserter(database, 'asset_notes', ['id', 'asset', 'title', 'people', 'place', 'taken_on', 'basis', 'lease_to', 'revision']), // prettier-ignore
  story: inserter(database, 'stories', ['id', 'title', 'kind', 'section_id', 'source_id', 'revision', 'author']), // prettier-ignore
  upload: inserter(database, 'uploads', ['id', 'tus_id', 'owner', 'story', 'asset', 'state', 'revision']), // prettier-ignore
  rendition: inserter(database, 'renditions', ['id', 'key', 'asset', 'recipe', 'prefix', 'files', 'sha256']), // prettier-ignore
})

/** Fills an empty house with so many originals, two in three of them in a story; what was said of some of them. */
export const fillHouse = (file: string, count: number): { told: Told[]; sections: string[] } => {
  const roll = chance(7)
  const database = new DatabaseSync(file)
  database.exec('begin')
  const sections = ['Thời sự', 'Kinh tế', 'Văn hóa', 'Đời sống', 'Quốc tế'].map((name, at) => {
    const id = randomUUID()
    inserter(database, 'sections', ['id', 'name', 'slug']).run(id, name, `s-${at}`)
    return id
  })
  const source = randomUUID()
  inserter(database, 'sources', ['id', 'name', 'credit']).run(source, 'Tự sản xuất', 'Hội Tụ')
  const to = openTables(database)
  const told: Told[] = []
  for (let n = 0; n < count; n++) {
    const asset = randomUUID()
    const one = { title: words(5, roll), people: person(roll), place: pick(PLACES, roll), day: day(2015 + roll(11), roll) } // prettier-ignore
    const kind = pick(['video', 'video', 'video', 'audio', 'image'], roll)
    to.asset.run(asset, `VID_${n}.mp4`, `${n}`, `o/${n}`, kind, 5e7, 30 + roll(900), 'ready', '', 1)
    const leased = roll(3) === 0
    to.note.run(randomUUID(), asset, one.title, one.people, one.place, one.day, leased ? 'licence' : 'own', leased ? day(2026 + roll(2), roll) : '', 1) // prettier-ignore
    for (const recipe of Object.keys(FILES))
      to.rendition.run(randomUUID(), `${asset}:${recipe}:1`, asset, recipe, `r/${n}/`, filesOf(recipe), SHA) // prettier-ignore
    if (roll(3) > 0) {
      const story = randomUUID()
      to.story.run(story, words(8, roll), 'clip', pick(sections, roll), source, 1, 'somebody')
      to.upload.run(randomUUID(), `t-${n}`, 'somebody', story, asset, 'accepted', 1)
    }
    if (n % 97 === 0) told.push(one)
  }
  database.exec('commit')
  database.close()
  return { told, sections }
}
