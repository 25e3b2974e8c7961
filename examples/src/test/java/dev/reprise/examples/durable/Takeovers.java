package dev.reprise.examples.durable;

import dev.reprise.examples.durable.Evidence.Kill;
import dev.reprise.examples.durable.Evidence.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How long it took others to go on with what killed processes were doing: from the kill to the beginning of the task's
 * next call.
 *
 * @param firsts for each process that had a call under way, the first of its tasks
 * @param all every task that a killed process had a call of under way
 */
record Takeovers(List<Duration> firsts, List<Duration> all) {

    static Takeovers of(Evidence evidence) {
        var taken = evidence.taken().stream()
                .filter(one -> one.next().isPresent())
                .collect(Collectors.groupingBy(one -> one.from().pid()));
        var firsts = new ArrayList<Duration>();
        var all = new ArrayList<Duration>();
        for (var kill : evidence.kills()) {
            var times = taken.getOrDefault(kill.pid(), List.of()).stream()
                    .map(one -> sinceKill(kill, one))
                    .sorted()
                    .toList();
            all.addAll(times);
            times.stream().findFirst().ifPresent(firsts::add);
        }
        return new Takeovers(
                firsts.stream().sorted().toList(), all.stream().sorted().toList());
    }

    private static Duration sinceKill(Kill kill, Taken taken) {
        return Duration.between(kill.at(), taken.next().orElseThrow().time());
    }

    /** The middle of sorted times; zero when there is none. */
    static Duration median(List<Duration> sorted) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get(sorted.size() / 2);
    }

    /** The longest of sorted times; zero when there is none. */
    static Duration worst(List<Duration> sorted) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get(sorted.size() - 1);
    }

    @Override
    public String toString() {
        return "takeover after %d kills: median %s, worst %s; of all %d tasks: median %s, worst %s"
                .formatted(
                        firsts.size(),
                        seconds(median(firsts)),
                        seconds(worst(firsts)),
                        all.size(),
                        seconds(median(all)),
                        seconds(worst(all)));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1e3);
    }
}
