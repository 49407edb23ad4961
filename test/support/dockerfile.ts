/** Reads a Dockerfile as far as ours goes: stages and their steps in order. */
export type Step = { verb: string; text: string; flags: Record<string, string>; words: string[] }

export type Stage = { name: string; base: string; steps: Step[] }

const joined = (text: string) =>
  text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

const stepOf = (line: string): Step => {
  const [verb = '', ...rest] = line.split(/\s+/)
  const flags: Record<string, string> = {}
  while (rest[0]?.startsWith('--')) {
    const [name = '', value = ''] = (rest.shift() ?? '').slice(2).split('=')
    flags[name] = value
  }
  return { verb: verb.toUpperCase(), text: rest.join(' '), flags, words: rest }
}

export const readDockerfile = (text: string): Stage[] => {
  const stages: Stage[] = []
  for (const step of joined(text).map(stepOf)) {
    if (step.verb === 'FROM') {
      stages.push({ name: step.words[2] ?? '', base: step.words[0] ?? '', steps: [] })
      continue
    }
    stages.at(-1)?.steps.push(step)
  }
  return stages
}

/** The steps of a stage with those of the stages it stands on. */
export const wholeStage = (stages: Stage[], name: string): Step[] => {
  const stage = stages.find((one) => one.name === name)
  if (!stage) return []
  return [...wholeStage(stages, stage.base), ...stage.steps]
}

/** Who runs each RUN and CMD of the stage. */
export const usersOf = (steps: Step[]): { user: string; step: Step }[] => {
  let user = 'root'
  const seen: { user: string; step: Step }[] = []
  for (const step of steps) {
    if (step.verb === 'USER') user = step.text
    seen.push({ user, step })
  }
  return seen
}

export const environmentOf = (steps: Step[]): Record<string, string> =>
  Object.fromEntries(
    steps
      .filter((step) => step.verb === 'ENV')
      .flatMap((step) => step.words)
      .map((pair) => pair.split('='))
      .map(([name = '', value = '']) => [name, value]),
  )

export const commandOf = (steps: Step[]): string[] => {
  const last = steps.findLast((step) => step.verb === 'CMD')
  const words: unknown = JSON.parse(last?.text ?? '[]')
  return Array.isArray(words) ? words.map(String) : []
}
