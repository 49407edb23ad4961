/** The seal ring. Red is for the seal alone, and this is its sign. */
export const Icon = () => (
  <span className="ht-ring" role="img" aria-label="Hội Tụ">
    HT
  </span>
)

export const Logo = () => (
  <span className="ht-logo">
    <span className="ht-ring" aria-hidden>
      HT
    </span>
    Hội Tụ
  </span>
)
