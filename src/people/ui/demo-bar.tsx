import type { ServerProps } from 'payload'
import { env } from '@/env'

/** With demo platforms on, everybody in the admin sees that nothing leaves this machine. */
export const DemoBar = ({ i18n }: ServerProps) =>
  env.DEMO_PLATFORMS ? (
    <div className="ht-demo" role="status">
      {i18n.language === 'en'
        ? 'Demo mode: outside channels are stand-ins on this machine'
        : 'Chế độ thử: kênh ngoài là bản giả trên máy này'}
    </div>
  ) : null
