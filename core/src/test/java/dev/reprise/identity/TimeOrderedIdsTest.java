package dev.reprise.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** New ids are UUIDs of version 7. */
class TimeOrderedIdsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void idIsAUuidOfVersion7AndTheRfcVariant() {
        var ids = IdSource.timeOrdered(InstantSource.fixed(NOON), new SplittableRandom(1));
        for (int i = 0; i < 1_000; i++) {
            var id = ids.next();
            assertThat(id).hasSize(36).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(UUID.fromString(id).version()).isEqualTo(7);
            assertThat(UUID.fromString(id).variant()).isEqualTo(2);
        }
    }

    @Test
    void versionAndVariantHoldWhateverTheRandomBits() {
        for (long bits : new long[] {0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE}) {
            RandomGenerator constant = () -> bits;
            var id = UUID.fromString(
                    IdSource.timeOrdered(InstantSource.fixed(NOON), constant).next());
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    @Test
    void first48BitsAreTheMilliseconds() {
        var ids = IdSource.timeOrdered(InstantSource.fixed(NOON), new SplittableRandom(1));

        assertThat(UUID.fromString(ids.next()).getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void all74OtherBitsAreRandom() {
        var ids = IdSource.timeOrdered(InstantSource.fixed(NOON), new SplittableRandom(1));
        long highOnes = 0;
        long highZeros = 0;
        long lowOnes = 0;
        long lowZeros = 0;
        for (int i = 0; i < 200; i++) {
            var id = UUID.fromString(ids.next());
            highOnes |= id.getMostSignificantBits();
            highZeros |= ~id.getMostSignificantBits();
            lowOnes |= id.getLeastSignificantBits();
            lowZeros |= ~id.getLeastSignificantBits();
        }

        assertThat(Long.bitCount(highOnes & highZeros) + Long.bitCount(lowOnes & lowZeros))
                .isEqualTo(74);
    }

    @Test
    void laterIdsSortAfterEarlierOnes() {
        var clock = new Object() {
            long millis;
        };
        var random = new Random(5);
        var ids = IdSource.timeOrdered(() -> Instant.ofEpochMilli(clock.millis), random);
        var made = new ArrayList<String>();
        for (int i = 0; i < 5_000; i++) {
            clock.millis += 1 + random.nextLong(1L << 30);
            made.add(ids.next());
        }

        assertThat(made).isSorted();
    }

    @Test
    void idsOfOneMillisecondDiffer() {
        var ids = IdSource.timeOrdered(InstantSource.fixed(NOON), new SplittableRandom(9));
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            made.add(ids.next());
        }

        assertThat(made).hasSize(100_000);
    }

    @Test
    void idsOfManyThreadsDiffer() throws InterruptedException {
        RandomGenerator shared = () -> ThreadLocalRandom.current().nextLong();
        var ids = IdSource.timeOrdered(InstantSource.fixed(NOON), shared);
        Set<String> made = ConcurrentHashMap.newKeySet();
        var start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            var thread = new Thread(() -> {
                awaitQuietly(start);
                for (int i = 0; i < 12_500; i++) {
                    made.add(ids.next());
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(made).hasSize(100_000);
    }

    @Test
    void idFitsAGenerationId() {
        assertThat(new GenerationId(IdSource.timeOrdered(InstantSource.system(), new Random())
                        .next()))
                .isNotNull();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
