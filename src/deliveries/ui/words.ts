export const PLAN = {
  now: { vi: 'Đăng ngay', en: 'Publish now' },
  at: { vi: 'Đặt giờ', en: 'Set the hour' },
  hour: { vi: 'Giờ đăng (giờ Việt Nam)', en: 'Hour (Viet Nam time)' },
  move: { vi: 'Đổi giờ', en: 'Move' },
  cancel: { vi: 'Hủy lượt này', en: 'Cancel this delivery' },
  cancelWhat: {
    vi: '{name} sẽ không nhận tin này nữa. Ấn vẫn còn, có thể xếp lại.',
    en: '{name} will not get this story. The seal stays; it can be planned again.',
  },
  keep: { vi: 'Thôi', en: 'Never mind' },
  due: { vi: 'đăng lúc {time}', en: 'due {time}' },
  see: { vi: 'Xem bài', en: 'See it' },
  release: { vi: 'Thả cho đăng', en: 'Release' },
  takedown: { vi: 'Gỡ', en: 'Take down' },
  takedownAll: { vi: 'Gỡ khỏi mọi kênh', en: 'Take down everywhere' },
  takedownWhat: {
    vi: 'Tin sẽ biến mất ở mọi kênh đã đăng: trang trả lời 410, video chuyển riêng tư hoặc bị xóa. Lượt chưa đăng bị hủy. Máy đọc lại như người lạ, hai lần, để chứng minh.',
    en: 'The story disappears from every channel it is on: the page answers 410, the video is made private or deleted. What is still planned is cancelled. It is read back as a stranger, twice, as proof.',
  },
  takedownOne: {
    vi: 'Bài trên {name} sẽ bị gỡ. Máy đọc lại như người lạ, hai lần, để chứng minh.',
    en: 'What is on {name} comes down. It is read back as a stranger, twice, as proof.',
  },
  there: { vi: 'Đã thấy bài', en: 'It is there' },
  absent: { vi: 'Không thấy', en: 'It is not there' },
  thereUrl: { vi: 'Đường dẫn của bài đã thấy', en: 'Address of what you saw' },
  askProof: { vi: 'Bằng chứng', en: 'Proof' },
  proof: { vi: 'Bằng chứng: người lạ đã thấy', en: 'Proof: what a stranger saw' },
}

export const BOARD = {
  title: { vi: 'Lượt đăng', en: 'Deliveries' },
  story: { vi: 'Tin', en: 'Story' },
  nothing: {
    vi: 'Chưa có lượt đăng nào. Tin đã duyệt được xếp từ phòng duyệt.',
    en: 'No deliveries yet. A signed story is planned from its review room.',
  },
  published: { vi: 'đã đăng', en: 'out' },
  unsure: { vi: 'chưa rõ, đang hỏi nền tảng', en: 'not known, being asked' },
  refused: { vi: 'bị từ chối, cần người', en: 'refused, needs a person' },
  waiting: { vi: 'đang chờ giờ', en: 'waiting for their time' },
  choose: { vi: 'Chọn một ô để xem lượt đăng.', en: 'Choose a cell to see its delivery.' },
  close: { vi: 'Đóng', en: 'Close' },
  room: { vi: 'Phòng duyệt', en: 'Review room' },
  hold: { vi: 'Dừng toàn tòa soạn', en: 'Hold everything' },
  holdWhat: {
    vi: 'Không lượt nào được đăng cho tới khi mở lại. Bài đã đăng vẫn còn.',
    en: 'Nothing goes out until this is lifted. What is out stays.',
  },
  open: { vi: 'Mở lại', en: 'Lift the hold' },
  held: { vi: 'Toàn tòa soạn đang dừng đăng: {reason}', en: 'Everything is held: {reason}' },
  none: { vi: 'không lên kênh này', en: 'not on this channel' },
  asks: {
    vi: 'Mất câu trả lời đúng lúc nền tảng nhận bài. Hội Tụ không gửi lại mà đang hỏi nền tảng. Nếu thấy bài hay không thấy, hãy nói.',
    en: 'The answer was lost just as the platform took it. It is never sent again; the platform is being asked. If you can see it or cannot, say so.',
  },
  loading: { vi: 'Đang tải…', en: 'Loading…' },
}
