/** What a witness cries about. The words of each are in words.ts. */
export type Alarm = {
  readonly code:
    | "fork"
    | "proof_wrong"
    | "rollback"
    | "checkpoint_not_signed"
    | "tiles_disagree"
    | "leaf_malformed"
    | "numbers";
  readonly origin: string;
  readonly size: number;
  readonly detail?: string;
};

export type Alarms = {
  /** Told once for each log, kind, size and detail. */
  readonly raise: (alarm: Alarm) => void;
  readonly any: () => boolean;
  readonly all: () => readonly Alarm[];
};

const mostKept = 1000;

/** @param cry told of every new one: to the operator, and to a file that outlives the process */
export function alarmsOf(cry: (alarm: Alarm) => void): Alarms {
  const raised = new Map<string, Alarm>();
  return {
    raise: (alarm) => {
      const name = JSON.stringify([alarm.origin, alarm.code, alarm.size, alarm.detail ?? ""]);
      if (raised.has(name) || raised.size >= mostKept) return;
      raised.set(name, alarm);
      cry(alarm);
    },
    any: () => raised.size > 0,
    all: () => [...raised.values()],
  };
}
