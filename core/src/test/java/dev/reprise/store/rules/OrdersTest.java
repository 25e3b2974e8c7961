package dev.reprise.store.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.identity.GenerationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose turn it is. */
class OrdersTest {

    @Test
    void claimsGoByPriorityThenAgeThenId() {
        assertOrder(
                Orders.CLAIMS,
                place("z", 5, 9, 9, false),
                place("a", 0, 1, 8, false),
                place("b", 0, 1, 7, true),
                place("a2", 0, 2, 6, true),
                place("lowest", -1, 0, 0, true),
                place("least", Integer.MIN_VALUE, 0, 0, true));
    }

    @Test
    void placesInABatchGoByWhatWasTriedThenPriorityThenPositionThenId() {
        assertOrder(
                Orders.ADMISSION,
                place("tried", -5, 9, 9, true),
                place("tried-too", -6, 0, 0, true),
                place("urgent", 3, 9, 8, false),
                place("z", 0, 9, 1, false),
                place("a", 0, 1, 2, false),
                place("b", 0, 0, 2, false),
                place("c", 0, 0, null, false));
    }

    private static void assertOrder(Comparator<Orders.Place> order, Orders.Place... expected) {
        var shuffled = new ArrayList<>(List.of(expected));
        Collections.reverse(shuffled);
        shuffled.sort(order);
        assertThat(shuffled).containsExactly(expected);
    }

    private static Orders.Place place(
            String id, int priority, int createdAt, @Nullable Integer position, boolean tried) {
        return new Orders.Place(new GenerationId(id), priority, Instant.ofEpochSecond(createdAt), position, tried);
    }
}
