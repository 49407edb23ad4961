import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** The process that listens on a TCP port of this machine, by the kernel's own tables. Linux only. */
export const pidOnPort = (port: number): number => {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const LISTENS = '0A'
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === LISTENS)
      .map((fields) => `socket:[${fields[9]}]`),
  )
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    if (holds(name, inodes)) return Number(name)
  }
  throw new Error(`nothing listens on port ${port}: run npm start first`)
}

const holds = (pid: string, sockets: string[]): boolean => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) =>
      sockets.includes(readlinkSync(`/proc/${pid}/fd/${fd}`)),
    )
  } catch {
    return false // it ended while we looked, or is somebody else's
  }
}

export const residentMib = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

/** Processor seconds of the process so far. */
export const cpuSeconds = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Runs `work` while the memory of a process is read five times a second; the most that was seen. */
export const peakDuring = async <T>(pid: number, work: () => Promise<T>) => {
  let peak = residentMib(pid)
  const timer = setInterval(() => (peak = Math.max(peak, residentMib(pid))), 200)
  const cpu = cpuSeconds(pid)
  const began = performance.now()
  try {
    const value = await work()
    const wall = (performance.now() - began) / 1000
    return { value, wall, cpu: cpuSeconds(pid) - cpu, peak: Math.max(peak, residentMib(pid)) }
  } finally {
    clearInterval(timer)
  }
}
