package dev.reprise.testkit.store.walk;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import java.util.List;
import java.util.stream.IntStream;

/** The few names of a walk, so that they meet often. Some differ by case alone, and are others all the same. */
final class Names {

    static final List<Owner> OWNERS = List.of(Owner.of("ann"), Owner.of("Ann"));
    static final List<GenerationId> TASKS =
            two(60, "t", "T").stream().map(GenerationId::new).toList();
    static final List<BatchId> BATCHES =
            two(24, "b", "B").stream().map(BatchId::new).toList();
    static final List<String> KEYS = List.of("key", "Key", "other");
    static final List<String> LABELS = List.of("label", "Label");
    static final List<String> PROVIDERS = List.of("p1", "p2");
    static final String PROCESSOR = "x1";
    static final String HANDLER = "h1";

    private Names() {}

    private static List<String> two(int count, String one, String other) {
        return IntStream.range(0, count)
                .mapToObj(i -> (i % 2 == 0 ? one : other) + i / 2)
                .toList();
    }
}
