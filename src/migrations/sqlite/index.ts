import * as migration_20261121_173935_first from './20261121_173935_first';

export const migrations = [
  {
    up: migration_20261121_173935_first.up,
    down: migration_20261121_173935_first.down,
    name: '20261121_173935_first'
  },
];
