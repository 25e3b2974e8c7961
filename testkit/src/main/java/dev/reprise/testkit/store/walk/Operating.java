package dev.reprise.testkit.store.walk;

import dev.reprise.store.QueueFigures;
import dev.reprise.store.RunnerRow;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Reads of whoever operates a store, where both stores offer them. */
interface Operating extends Operation {

    /** How the queue stands; failures that are as frequent in any order. */
    record Queue(Duration window) implements Operating {

        private static final Comparator<QueueFigures.Failures> BY_NAMES =
                Comparator.comparing(QueueFigures.Failures::toString);

        @Override
        public Object on(Side side) {
            if (!side.offers().queueReads()) {
                return Answers.NOT_ASKED;
            }
            var figures = side.queueReads().orElseThrow().queue(window);
            var frequencies = figures.failures().stream()
                    .map(QueueFigures.Failures::count)
                    .toList();
            var sorted = new QueueFigures(
                    figures.at(),
                    figures.depth(),
                    figures.oldestReadyAt(),
                    figures.due(),
                    figures.nextDueAt(),
                    figures.failures().stream().sorted(BY_NAMES).toList());
            return List.of(sorted, frequencies);
        }
    }

    /**
     * The runners that are alive; how long the dead are remembered is for each store to say, and so is how often a beat is
     * written down.
     */
    record Runners() implements Operating {
        @Override
        public Object on(Side side) {
            if (!side.offers().queueReads()) {
                return Answers.NOT_ASKED;
            }
            var alive = new TreeMap<String, RunnerRow>();
            side.queueReads().orElseThrow().runners().stream()
                    .filter(RunnerRow::alive)
                    .forEach(row -> alive.put(side.alias(row.id()), withoutBeat(row)));
            return alive;
        }

        private static RunnerRow withoutBeat(RunnerRow row) {
            return new RunnerRow(row.id(), row.name(), row.alive(), row.startedAt(), row.startedAt(), row.running());
        }
    }
}
