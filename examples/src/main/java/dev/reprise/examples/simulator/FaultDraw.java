package dev.reprise.examples.simulator;

import dev.reprise.examples.simulator.text.StableHash;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which requests go wrong, and how: by a hash of the seed and the request's ordinal, or by its header. */
record FaultDraw(long seed, double rate) {

    Optional<Fault> draw(long ordinal, boolean streamed, @Nullable String wish) throws RejectedException {
        if (wish != null) {
            return wished(wish.strip(), streamed);
        }
        if (StableHash.unit(seed, "fault", ordinal) >= rate) {
            return Optional.empty();
        }
        List<Fault> possible = Fault.possible(streamed);
        return Optional.of(possible.get(StableHash.index(possible.size(), seed, "kind", ordinal)));
    }

    private static Optional<Fault> wished(String wish, boolean streamed) throws RejectedException {
        if (wish.equals(Fault.NONE)) {
            return Optional.empty();
        }
        Fault fault = Fault.named(wish)
                .orElseThrow(() -> RejectedException.badRequest(
                        Fault.HEADER,
                        "must be none or one of "
                                + Arrays.stream(Fault.values())
                                        .map(Fault::headerValue)
                                        .toList() + ": " + wish));
        if (!fault.canHappen(streamed)) {
            throw RejectedException.badRequest(
                    Fault.HEADER, wish + " cannot happen to " + (streamed ? "a stream" : "an answer in one piece"));
        }
        return Optional.of(fault);
    }
}
