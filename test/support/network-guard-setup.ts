import { afterAll } from '@jest/globals'
import { installNetworkGuard } from './network-guard'

/** For `setupFilesAfterEnv`: every test file runs behind the guard. */
const guard = installNetworkGuard()
afterAll(() => guard.finish())
