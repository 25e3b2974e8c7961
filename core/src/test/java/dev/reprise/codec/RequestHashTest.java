package dev.reprise.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Message;
import dev.reprise.generation.ReferenceImage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The hash that tells whether a request with a known idempotency key is the same one: in every process, for ever. */
class RequestHashTest {

    private static final GenerationRequest FULL = GenerationRequest.builder()
            .provider("anthropic")
            .model("some-model")
            .system("Be brief.")
            .messages(List.of(Message.user("ask"), Message.assistant("answer"), Message.user("ask again")))
            .maxOutputTokens(4_096)
            .temperature(0.9)
            .stopSequences("END", "STOP")
            .image(ReferenceImage.inline("image/png", new byte[] {1, 2, 3}))
            .image(ReferenceImage.url("https://example.com/a.png"))
            .setting("fps", "30")
            .setting("aspectRatio", "16:9")
            .label("animation")
            .processor("code")
            .priority(7)
            .idempotencyKey("key-1")
            .attemptTimeout(Duration.ofMinutes(2))
            .deadline(Duration.ofHours(1))
            .extra("top_k", 40)
            .extra("metadata", Map.of("user_id", "u", "b", 2, "c", 3, "d", 4))
            .build();

    private static final List<UnaryOperator<GenerationRequest.Builder>> CHANGES = List.of(
            b -> b.provider("openai"),
            b -> b.provider(null),
            b -> b.model("other"),
            b -> b.model(null),
            b -> b.system("Be verbose."),
            b -> b.system(null),
            b -> b.prompt("ask"),
            b -> b.prompt("ask again"),
            b -> b.messages(List.of(Message.user("ask"), Message.user("answer"), Message.user("ask again"))),
            b -> b.maxOutputTokens(4_097),
            b -> b.maxOutputTokens(null),
            b -> b.temperature(0.8),
            b -> b.temperature(null),
            b -> b.stopSequences("STOP", "END"),
            b -> b.stopSequences(),
            b -> b.image(ReferenceImage.inline("image/png", new byte[] {1, 2, 3})),
            b -> b.image(ReferenceImage.inline("image/gif", new byte[] {1, 2, 3})),
            b -> b.image(ReferenceImage.inline("image/png", new byte[] {1, 2, 4})),
            b -> b.image(ReferenceImage.url("https://example.com/b.png")),
            b -> b.setting("fps", "31"),
            b -> b.setting("more", "x"),
            b -> b.label("other"),
            b -> b.label(null),
            b -> b.processor("other"),
            b -> b.processor(null),
            b -> b.priority(8),
            b -> b.priority(0),
            b -> b.attemptTimeout(Duration.ofMinutes(3)),
            b -> b.attemptTimeout(null),
            b -> b.deadline(Duration.ofHours(2)),
            b -> b.deadline(null),
            b -> b.extra("top_k", 41),
            b -> b.extra("top_k", "40"),
            b -> b.extra("top_k", null),
            b -> b.extra("more", null));

    @Test
    void sameInputHasTheSameHash() {
        assertThat(hash(FULL)).isEqualTo(hash(FULL.toBuilder().build()));
        assertThat(RequestCodec.hash(new StoredRequest(FULL, "a", "b", 3)))
                .isEqualTo(RequestCodec.hash(new StoredRequest(FULL, "a", "b", 3)));
    }

    @Test
    void everyFieldCounts() {
        Set<String> hashes = new HashSet<>(Set.of(hash(FULL)));
        for (var change : CHANGES) {
            hashes.add(hash(change.apply(FULL.toBuilder()).build()));
        }
        hashes.add(RequestCodec.hash(new StoredRequest(FULL, "instruction", null, null)));
        hashes.add(RequestCodec.hash(new StoredRequest(FULL, null, "instruction", null)));
        hashes.add(RequestCodec.hash(new StoredRequest(FULL, null, null, 1)));
        hashes.add(RequestCodec.hash(new StoredRequest(FULL, null, null, 2)));

        assertThat(hashes).hasSize(1 + CHANGES.size() + 4);
    }

    @Test
    void idempotencyKeyDoesNotCount() {
        assertThat(hash(FULL.toBuilder().idempotencyKey("key-2").build()))
                .isEqualTo(hash(FULL))
                .isEqualTo(hash(FULL.toBuilder().idempotencyKey(null).build()));
    }

    @Test
    void equalRequestsHaveEqualHashesWhateverTheOrderOfTheirNames() {
        var one = GenerationRequest.builder().prompt("p").setting("a", "1").setting("b", "2");
        var other = GenerationRequest.builder().prompt("p").setting("b", "2").setting("a", "1");
        one.extra("x", ordered("a", "b", "c")).extra("y", 1);
        other.extra("y", 1L).extra("x", ordered("c", "a", "b"));

        assertThat(one.build()).isEqualTo(other.build());
        assertThat(hash(one.build())).isEqualTo(hash(other.build()));
    }

    @Test
    void requestReadBackHasTheHashOfTheOneThatWasStored() {
        var odd = FULL.toBuilder().extra("double", 1e10).extra("float", 0.1f).build();
        var read = RequestCodec.decode(RequestCodec.encode(StoredRequest.plain(odd)));

        assertThat(RequestCodec.hash(read)).isEqualTo(hash(odd));
    }

    /** The forms below are what is hashed, by hand; a change of them would turn repeated requests into conflicts. */
    @Test
    void hashIsTheSameInEveryProcessAndVersion() throws NoSuchAlgorithmException {
        assertThat(hash(GenerationRequest.of("Write a haiku")))
                .isEqualTo("1:" + sha256("{\"messages\":[{\"role\":\"user\",\"text\":\"Write a haiku\"}],\"v\":1}"))
                .isEqualTo("1:7036fe3719755257afb168d65b124dc043699b7f4086de3cf5edc177c7152eda");
        assertThat(RequestCodec.hash(new StoredRequest(FULL, "warmer", "prequel", 4)))
                .isEqualTo("1:"
                        + sha256("{\"attemptTimeoutMs\":120000,\"continuationType\":\"prequel\",\"deadlineMs\":3600000,"
                                + "\"extra\":{\"metadata\":{\"b\":2,\"c\":3,\"d\":4,\"user_id\":\"u\"},\"top_k\":40},"
                                + "\"images\":[{\"base64\":\"AQID\",\"mediaType\":\"image/png\"},"
                                + "{\"url\":\"https://example.com/a.png\"}],"
                                + "\"instruction\":\"warmer\",\"label\":\"animation\",\"maxOutputTokens\":4096,"
                                + "\"messages\":[{\"role\":\"user\",\"text\":\"ask\"},"
                                + "{\"role\":\"assistant\",\"text\":\"answer\"},"
                                + "{\"role\":\"user\",\"text\":\"ask again\"}],"
                                + "\"model\":\"some-model\",\"priority\":7,\"processor\":\"code\","
                                + "\"provider\":\"anthropic\",\"settings\":{\"aspectRatio\":\"16:9\",\"fps\":\"30\"},"
                                + "\"stopSequences\":[\"END\",\"STOP\"],\"system\":\"Be brief.\",\"temperature\":0.9,"
                                + "\"v\":1,\"variationCount\":4}"))
                .isEqualTo("1:ee6352b83a5eb597da96056fa5e086a92cf16aa7771aa6ef28e661a53a598292");
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    private static String hash(GenerationRequest request) {
        return RequestCodec.hash(StoredRequest.plain(request));
    }

    private static Map<String, Object> ordered(String... keys) {
        var map = new LinkedHashMap<String, Object>();
        for (String key : keys) {
            map.put(key, key);
        }
        return map;
    }
}
