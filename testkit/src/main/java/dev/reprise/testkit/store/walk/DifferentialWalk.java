package dev.reprise.testkit.store.walk;

import dev.reprise.testkit.store.StoreUnderTest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Drives two stores through the same random calls, and compares every answer and all that can be seen after each. Both
 * must have clocks that stand still until they are moved. Not thread-safe.
 */
public final class DifferentialWalk {

    /** How many operations may be run to shorten a program. */
    private static final int EFFORT = 100_000;

    /** After so many steps a walk begins anew, with empty stores and the next seed. */
    private static final int STAGE = 500;

    private final Supplier<? extends StoreUnderTest> reference;
    private final Supplier<? extends StoreUnderTest> subject;
    private final SpiCalls calls = new SpiCalls();
    private Offers offers = new Offers(true, true);

    /**
     * @param reference makes the store whose answers count as right, fresh and empty each time
     * @param subject makes the store that is compared with it, fresh and empty each time
     */
    public DifferentialWalk(Supplier<? extends StoreUnderTest> reference, Supplier<? extends StoreUnderTest> subject) {
        this.reference = reference;
        this.subject = subject;
    }

    /**
     * Walks until the stores part, or the steps are done.
     *
     * @param seed chooses the program; the same seed makes the same program for the same reference
     * @param steps how many operations
     * @return where they have parted, or empty
     */
    public Optional<Divergence> walk(long seed, int steps) {
        for (int done = 0; done < steps; done += STAGE) {
            long stage = seed + done / STAGE;
            var result = new Walk(reference, subject, calls)
                    .run(new RandomProgram(stage, Math.min(STAGE, steps - done)), false);
            offers = result.offers();
            if (result.difference() != null) {
                return Optional.of(shortened(stage, done, result, result.difference()));
            }
        }
        return Optional.empty();
    }

    /** The methods of the store's SPI, and of the optional faces that both stores offer, that no walk has called yet. */
    public Set<String> neverCalled() {
        return calls.missing(offers);
    }

    private Divergence shortened(long seed, int before, Walk.Result found, String difference) {
        var program = new Shortening(
                        shorter -> Optional.of(replayed(shorter, true))
                                .filter(result -> result.difference() != null)
                                .map(Walk.Result::done),
                        found.done(),
                        EFFORT)
                .run();
        var last = replayed(program, false).difference();
        return new Divergence(
                seed,
                before + found.done().size(),
                difference,
                program.stream().map(Operation::toString).toList(),
                last == null ? "nothing, when it is run once more" : last);
    }

    private Walk.Result replayed(List<Operation> program, boolean sparing) {
        Iterator<Operation> operations = new ArrayList<>(program).iterator();
        return new Walk(reference, subject, new SpiCalls())
                .run(view -> operations.hasNext() ? operations.next() : null, sparing);
    }
}
