export const PROVENANCE = {
  heading: { vi: 'Nguồn gốc tệp', en: 'Where the file comes from' },
  told: {
    vi: 'Chỉ trong tòa soạn; mỗi lần xem được ghi vào nhật ký.',
    en: 'For the newsroom only; each look is written into the log.',
  },
  look: { vi: 'Xem nguồn gốc', en: 'Show it' },
  again: { vi: 'Tải lại', en: 'Load again' },
  names: { vi: 'Tên lúc gửi', en: 'Name as sent' },
  hash: { vi: 'SHA-256 bản gốc', en: 'SHA-256 of the original' },
  size: { vi: 'Dung lượng', en: 'Size' },
  probed: { vi: 'Máy đo được', en: 'As probed' },
  device: { vi: 'Thiết bị', en: 'Device' },
  takenAt: { vi: 'Ghi lúc (theo thiết bị)', en: 'Taken (by the device)' },
  unsaid: { vi: 'không ghi', en: 'not said' },
  saysWhere: {
    vi: 'Bản gốc có ghi vị trí nơi quay. Bản đăng không mang theo; đừng gửi bản gốc ra ngoài.',
    en: 'The original says where it was taken. What goes out does not; never hand out the original.',
  },
  scanned: { vi: 'đã quét virus', en: 'scanned for viruses' },
  notScanned: { vi: 'không có máy quét virus', en: 'no virus scanner here' },
}
