import { afterAll } from '@jest/globals'
import { dryRunPublisher } from '../../src/publishers/dry-run/publisher'
import { guardedFetch } from '../../src/publishers/http'
import { websitePublisher } from '../../src/publishers/website/publisher'
import { youtubePublisher } from '../../src/publishers/youtube/publisher'
import { manualClock, startYouTubeDouble } from '../doubles/youtube/double'
import { installNetworkGuard } from '../support/network-guard'
import { keepsThePublishersPromise } from './contract-suite'
import { startSiteDouble } from './site-double'
import { deskOf, workOf, youtubeDesk } from './support'

const guard = installNetworkGuard()
afterAll(() => guard.finish())

keepsThePublishersPromise('youtube, ẩn khi gỡ', async () => {
  const clock = manualClock()
  const double = await startYouTubeDouble({ clock })
  return {
    publisher: youtubePublisher,
    desk: youtubeDesk(double, clock),
    work: workOf(),
    visible: () => double.ledger.visible().length,
    pass: clock.advance,
    loseNextCommit: () =>
      double.faults.plan([{ route: 'videos.update', nth: 1, do: 'drop-after' }]),
    close: double.close,
  }
})

keepsThePublishersPromise('youtube, xóa khi gỡ', async () => {
  const clock = manualClock()
  const double = await startYouTubeDouble({ clock })
  return {
    publisher: youtubePublisher,
    desk: youtubeDesk(double, clock, {
      settings: { takedown: 'delete' },
      fetch: guardedFetch({ allowLoopback: true }),
    }),
    work: workOf({ insurance: true }),
    visible: () => double.ledger.visible().length,
    pass: clock.advance,
    loseNextCommit: () =>
      double.faults.plan([{ route: 'videos.update', nth: 1, do: 'fail-after', status: 500 }]),
    close: double.close,
  }
})

keepsThePublishersPromise('website', async () => {
  const site = await startSiteDouble()
  return {
    publisher: websitePublisher(site.hands),
    desk: deskOf({}),
    work: workOf(),
    visible: site.live,
    pass: () => undefined,
    loseNextCommit: site.loseNextSave,
    close: site.close,
  }
})

keepsThePublishersPromise('dry-run', async () => {
  const board = new Set<string>()
  return {
    publisher: dryRunPublisher(board),
    desk: deskOf({}),
    work: workOf(),
    visible: () => board.size,
    pass: () => undefined,
    loseNextCommit: null,
    close: async () => undefined,
  }
})
