import type { RoleId } from '../../src/people/roles'

/** The demo's people are roles, nobody in particular. Addresses end in .test, which no mail server owns. */
export const PEOPLE: { role: RoleId; name: string; email: string }[] = [
  { role: 'reporter', name: 'Phóng viên', email: 'phong-vien@toasoan.test' },
  { role: 'contributor', name: 'Cộng tác viên', email: 'cong-tac-vien@toasoan.test' },
  { role: 'producer', name: 'Kỹ thuật viên', email: 'ky-thuat@toasoan.test' },
  { role: 'editor', name: 'Biên tập viên', email: 'bien-tap@toasoan.test' },
  { role: 'desk-head', name: 'Trưởng ban', email: 'truong-ban@toasoan.test' },
  { role: 'secretariat', name: 'Thư ký tòa soạn', email: 'thu-ky@toasoan.test' },
  { role: 'board', name: 'Bộ phận kiểm duyệt', email: 'kiem-duyet@toasoan.test' },
  { role: 'deputy', name: 'Phó Tổng biên tập', email: 'pho-tong-bien-tap@toasoan.test' },
  { role: 'head', name: 'Tổng biên tập', email: 'tong-bien-tap@toasoan.test' },
  { role: 'audience', name: 'Độc giả và nền tảng', email: 'doc-gia@toasoan.test' },
  { role: 'admin', name: 'Quản trị hệ thống', email: 'quan-tri@toasoan.test' },
  { role: 'inspector', name: 'Thanh tra', email: 'thanh-tra@toasoan.test' },
]

export const SECTIONS = [
  { name: 'Thời sự', slug: 'thoi-su' },
  { name: 'Kinh tế', slug: 'kinh-te' },
  { name: 'Nông nghiệp', slug: 'nong-nghiep' },
  { name: 'Đời sống', slug: 'doi-song' },
  { name: 'Văn hóa', slug: 'van-hoa' },
  { name: 'Thời tiết', slug: 'thoi-tiet' },
]

/** The sources that the plans of provincial newsrooms name, and the newsroom's own. */
export const SOURCES = [
  { name: 'Tự sản xuất', credit: 'Tự sản xuất', domain: '', own: true },
  { name: 'Chương trình của đài', credit: 'Chương trình của đài', domain: '', own: true },
  { name: 'Báo Nhân Dân', credit: 'Theo Báo Nhân Dân', domain: 'nhandan.vn', own: false },
  { name: 'Thông tấn xã Việt Nam', credit: 'Theo TTXVN', domain: 'vietnamplus.vn', own: false },
  { name: 'Đài Tiếng nói Việt Nam', credit: 'Theo VOV', domain: 'vov.vn', own: false },
  { name: 'Đài Truyền hình Việt Nam', credit: 'Theo VTV', domain: 'vtv.vn', own: false },
  { name: 'Báo của tỉnh', credit: 'Theo báo tỉnh', domain: '', own: false },
]

/** How far a demo story has come. */
export type Reached =
  'draft' | 'submitted' | 'in-review' | 'changes-requested' | 'cleared' | 'signed'

export type DemoStory = {
  kind: 'clip' | 'text'
  title: string
  summary: string
  body: string
  section: string
  reached: Reached
  political?: boolean
  palette?: 'morning' | 'dusk' | 'rain' | 'spring'
  turned?: boolean
}

export const STORIES: DemoStory[] = [
  {
    kind: 'text',
    title: 'Chợ phiên mở tuyến phố đi bộ cuối tuần',
    summary: 'Tuyến phố dài sáu trăm mét mở từ chiều thứ Bảy tới tối Chủ nhật.',
    body: 'Từ cuối tuần này, tuyến phố bên chợ phiên dành cho người đi bộ.\n\nBan quản lý chợ cho biết các gian hàng nông sản của hợp tác xã được ưu tiên chỗ đầu phố.',
    section: 'doi-song',
    reached: 'signed',
  },
  {
    kind: 'text',
    title: 'Mười hai xã hoàn thành số hóa hồ sơ một cửa',
    summary: 'Người dân tra kết quả bằng mã in trên giấy hẹn.',
    body: 'Mười hai xã vùng cao đã số hóa xong hồ sơ một cửa của ba năm gần đây.',
    section: 'thoi-su',
    reached: 'changes-requested',
  },
  {
    kind: 'clip',
    title: 'Vụ chiêm xuân: lúa trổ sớm mười ngày',
    summary: 'Nông dân thăm đồng sớm hơn mọi năm.',
    body: 'Thời tiết ấm khiến lúa trổ sớm; ngành nông nghiệp khuyến cáo theo dõi sâu cuốn lá.',
    section: 'nong-nghiep',
    reached: 'draft',
    palette: 'spring',
  },
  {
    kind: 'clip',
    title: 'Nước sông lên nhanh, bản ven suối di dời trong đêm',
    summary: 'Ba mươi hộ đã tới nơi an toàn.',
    body: 'Lực lượng tại chỗ giúp ba mươi hộ dân ven suối tới nhà văn hóa xã trước nửa đêm.',
    section: 'thoi-su',
    reached: 'submitted',
    palette: 'rain',
  },
  {
    kind: 'clip',
    title: 'Phát thanh chiều: chuyển đổi số ở bản xa',
    summary: 'Một chiều ở điểm truy cập của bản.',
    body: 'Điểm truy cập của bản mở cửa tới chín giờ tối để học sinh làm bài.',
    section: 'doi-song',
    reached: 'in-review',
    palette: 'dusk',
    turned: true,
  },
]
