import type { ServerProps } from 'payload'

/** No letter is sent from here, so nobody is led to wait for one. */
export const SignInHelp = ({ i18n }: ServerProps) => (
  <p className="ht-muted ht-signin-help">
    {i18n.language === 'en'
      ? 'Forgot your password? Tell the administrator, who sets a new one.'
      : 'Quên mật khẩu? Báo quản trị viên để được đặt lại.'}
  </p>
)
