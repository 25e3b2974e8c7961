package dev.reprise.examples.durable;

import dev.reprise.examples.durable.TaskLine.Tried;
import dev.reprise.generation.AttemptOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known when all is over.
 *
 * @param submitted the ids of all tasks that were stored
 * @param tasks what the store says
 * @param calls what the processes logged
 * @param kills which processes were killed, and when
 */
record Evidence(Set<String> submitted, List<TaskLine> tasks, List<CallLine> calls, List<Kill> kills) {

    /** A process that was killed; {@code at} is a moment before its death. */
    record Kill(long pid, Instant at) {}

    /** A claim: what a call and an attempt have in common. */
    record Claim(String task, long epoch) {
        static Claim of(CallLine line) {
            return new Claim(line.task(), line.epoch());
        }
    }

    /** The lines of the log by claim, in the order of their times. */
    Map<Claim, List<CallLine>> callsByClaim() {
        return calls.stream()
                .filter(line -> line.event() != CallLine.Event.STORED)
                .sorted(Comparator.comparing(CallLine::time))
                .collect(Collectors.groupingBy(Claim::of));
    }

    /** What processes were told is stored. */
    List<CallLine> acknowledged() {
        return calls.stream()
                .filter(line -> line.event() == CallLine.Event.STORED)
                .toList();
    }

    /** The first beginnings of calls, by task and epoch. */
    Map<String, TreeMap<Long, CallLine>> beginnings() {
        return calls.stream()
                .filter(line -> line.event() == CallLine.Event.BEGIN)
                .collect(Collectors.groupingBy(
                        CallLine::task,
                        Collectors.toMap(
                                CallLine::epoch,
                                line -> line,
                                (one, other) -> one.time().isBefore(other.time()) ? one : other,
                                TreeMap::new)));
    }

    Optional<Kill> killOf(long pid) {
        return kills.stream().filter(kill -> kill.pid() == pid).findFirst();
    }

    /** How many attempts nobody knows the end of. */
    long unknown() {
        return tasks.stream()
                .flatMap(task -> task.attempts().stream())
                .filter(attempt -> attempt.outcome() == AttemptOutcome.UNKNOWN)
                .count();
    }

    /** Attempts that somebody took from the process that was making their call. */
    List<Taken> taken() {
        var beginnings = beginnings();
        var taken = new ArrayList<Taken>();
        for (var task : tasks) {
            var begun = beginnings.getOrDefault(task.id(), new TreeMap<>());
            for (Tried attempt : task.attempts()) {
                var begin = begun.get(attempt.epoch());
                boolean lost = attempt.outcome() == AttemptOutcome.UNKNOWN || attempt.outcome() == AttemptOutcome.LATE;
                if (lost && begin != null) {
                    var next = begun.higherEntry(attempt.epoch());
                    taken.add(new Taken(begin, next == null ? Optional.empty() : Optional.of(next.getValue())));
                }
            }
        }
        return taken;
    }

    /**
     * An attempt that was taken from a process.
     *
     * @param from the beginning of its call
     * @param next the beginning of the task's next call, if there was one
     */
    record Taken(CallLine from, Optional<CallLine> next) {}
}
