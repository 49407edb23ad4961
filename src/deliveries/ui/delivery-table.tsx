'use client'

import { ChannelMark, Pill } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import { OUTWARD, stateOf } from '@/signoff/ui/words'
import type { DeliveryRow } from './use-board'
import { BOARD } from './words'

type Line = { story: string; cells: Map<string, DeliveryRow> }

/** One line a story; of several deliveries on one channel the newest, which the server puts first. */
export const linesOf = (rows: DeliveryRow[]): Line[] => {
  const lines = new Map<string, Line>()
  for (const row of rows) {
    const { story } = row
    const line = lines.get(story) ?? { story, cells: new Map<string, DeliveryRow>() }
    if (!line.cells.has(row.channel)) line.cells.set(row.channel, row)
    lines.set(story, line)
  }
  return [...lines.values()]
}

export const channelsOf = (rows: DeliveryRow[]) => [
  ...new Map(
    rows.map(({ channel, channelName, platform }) => [channel, { channel, channelName, platform }]),
  ).values(),
]

const Cell = ({
  row,
  chosen,
  onChoose,
}: {
  row: DeliveryRow | undefined
  chosen: boolean
  onChoose: (id: string) => void
}) => {
  const say = useSay()
  if (!row) {
    return (
      <td>
        <span aria-label={say(BOARD.none)}>·</span>
      </td>
    )
  }
  const { tone, label } = stateOf(OUTWARD, row.state)
  return (
    <td>
      <button
        type="button"
        className="ht-cell"
        aria-pressed={chosen}
        aria-label={`${row.channelName}: ${say(label)}`}
        onClick={() => onChoose(row.id)}
      >
        <Pill tone={tone}>{say(label)}</Pill>
      </button>
    </td>
  )
}

type Props = {
  rows: DeliveryRow[]
  titles: Map<string, string>
  /** Stands for a title that is not here yet, or not for this person. */
  untold: string
  chosen: string | null
  onChoose: (id: string) => void
}

export const DeliveryTable = ({ rows, titles, untold, chosen, onChoose }: Props) => {
  const say = useSay()
  const channels = channelsOf(rows)
  return (
    <div className="ht-card ht-deliveries__table">
      <table>
        <thead>
          <tr>
            <th scope="col">{say(BOARD.story)}</th>
            {channels.map(({ channel, channelName, platform }) => (
              <th key={channel} scope="col">
                <ChannelMark platform={platform} label={channelName} />
                <span className="ht-deliveries__name">{channelName}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {linesOf(rows).map((line) => (
            <tr key={line.story}>
              <th scope="row">{titles.get(line.story) ?? untold}</th>
              {channels.map(({ channel }) => {
                const row = line.cells.get(channel)
                return (
                  <Cell
                    key={channel}
                    row={row}
                    chosen={row !== undefined && row.id === chosen}
                    onChoose={onChoose}
                  />
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
