import { env } from '@/env'
import { Document } from './document'

const NOTICES = {
  404: {
    title: 'Không có trang này',
    text: 'Địa chỉ có thể đã gõ nhầm, hoặc trang chưa từng có.',
  },
  410: {
    title: 'Nội dung này đã được gỡ',
    text: 'Tòa soạn đã gỡ nội dung ở địa chỉ này. Bài và hình không còn được phục vụ.',
  },
  503: {
    title: 'Tạm thời không xem được',
    text: 'Bản đăng đang được kiểm tra. Mời bạn quay lại sau ít phút.',
  },
} as const

export type NoticeStatus = keyof typeof NOTICES

export const NoticePage = ({ status }: { status: NoticeStatus }) => (
  <Document
    title={`${NOTICES[status].title} · ${env.SITE_NAME}`}
    sections={[]}
    current={null}
    head={<meta name="robots" content="noindex" />}
  >
    <div className="notice">
      <h1>{NOTICES[status].title}</h1>
      <p>{NOTICES[status].text}</p>
      <p>
        <a href="/">Về trang chủ</a>
      </p>
    </div>
  </Document>
)
