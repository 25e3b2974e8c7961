package dev.reprise.storage.jdbc;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What fills the places of any statement whose plan is looked at; tasks are called g1, g2 and so on. */
public final class PlanValues {

    /** Ids of finished tasks. */
    public static final List<String> IDS =
            IntStream.range(1, 30).mapToObj(i -> "g" + i * 7).toList();

    /** By the places' names; the owner sees his own. */
    public static final Map<String, Object> ANY = Map.ofEntries(
            Map.entry("now", 5L),
            Map.entry("level", 1),
            Map.entry("me", "runner-0"),
            Map.entry("limit", 16),
            Map.entry("rows", 21),
            Map.entry("first", 12),
            Map.entry("anybody", 0),
            Map.entry("owner", "owner-3"),
            Map.entry("id", "g59"),
            Map.entry("ids", IDS),
            Map.entry("key", "key-3"),
            Map.entry("keys", List.of("key-3", "key-23")),
            Map.entry("batch", "batch-30"),
            Map.entry("batches", List.of("batch-30", "batch-33")),
            Map.entry("parent", "g58"),
            Map.entry("epoch", 1L),
            Map.entry("room", 3),
            Map.entry("across", 1),
            Map.entry("from", 16_000L),
            Map.entry("before", 10_000L),
            Map.entry("at", 10_000L),
            Map.entry("afterAt", 10_000L),
            Map.entry("afterId", "g10000"),
            Map.entry("after", ""),
            Map.entry("most", 500),
            Map.entry("providers", List.of("fake")),
            Map.entry("processors", List.of("")),
            Map.entry("handlers", List.of("")),
            Map.entry("outcome", "LATE"),
            Map.entry("nonce", "n"),
            Map.entry("input", 1L),
            Map.entry("output", 1L),
            Map.entry("read", 1L),
            Map.entry("write", 1L),
            Map.entry("reasoning", 1L),
            Map.entry("kind", "UNKNOWN"),
            Map.entry("blame", "PROVIDER"),
            Map.entry("status", 500),
            Map.entry("detail", new byte[1]));

    private PlanValues() {}
}
