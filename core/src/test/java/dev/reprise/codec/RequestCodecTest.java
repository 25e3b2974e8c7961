package dev.reprise.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Message;
import dev.reprise.generation.ReferenceImage;
import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.store.Payload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request as stored bytes comes back as it was; other bytes do not. */
class RequestCodecTest {

    private static final GenerationRequest FULL = GenerationRequest.builder()
            .provider("anthropic")
            .model("some-model")
            .system("Be brief. \u00e9\ud83d\ude00\u0000\"\\\n")
            .messages(List.of(Message.user("ask"), Message.assistant("answer"), Message.user("ask again")))
            .maxOutputTokens(4_096)
            .temperature(0.9)
            .stopSequences("END", "\n")
            .image(ReferenceImage.inline("image/png", allBytes()))
            .image(ReferenceImage.url("https://example.com/a.png?b=c&d=%20"))
            .setting("aspectRatio", "16:9")
            .setting("empty", "")
            .label("animation")
            .processor("code")
            .priority(-7)
            .idempotencyKey("key-1")
            .attemptTimeout(Duration.ofMillis(1_500))
            .deadline(Duration.ofDays(365))
            .extra("nothing", null)
            .extra("yes", true)
            .extra("text", "\u2028")
            .extra("int", 40)
            .extra("long", Long.MIN_VALUE)
            .extra("beyond double", 9007199254740993L)
            .extra("float", 0.1f)
            .extra("double", 1e10)
            .extra("small double", 4.9e-324)
            .extra("large double", Double.MAX_VALUE)
            .extra("decimal", new BigDecimal("0.12345678901234567890123456789000"))
            .extra("big", new BigInteger("123456789012345678901234567890"))
            .extra("atomic", new AtomicInteger(3))
            .extra("list", Arrays.asList(1, null, "x", List.of(), Map.of("a", List.of(true))))
            .extra("map", nestedWithNulls())
            .build();

    @Test
    void requestWithEverythingSetComesBack() {
        var stored = new StoredRequest(FULL, "warmer colours", "prequel", 4);

        assertThat(RequestCodec.decode(RequestCodec.encode(stored))).isEqualTo(stored);
    }

    @Test
    void requestWithNothingSetComesBack() {
        var stored = StoredRequest.plain(GenerationRequest.of("p"));

        var read = RequestCodec.decode(RequestCodec.encode(stored));

        assertThat(read).isEqualTo(stored);
        assertThat(read.request().maxOutputTokens()).isNull();
        assertThat(read.request().temperature()).isNull();
        assertThat(read.request().extra()).isEmpty();
    }

    @Test
    void whatIsNotSetIsNotWritten() {
        assertThat(text(RequestCodec.encode(StoredRequest.plain(GenerationRequest.of("p")))))
                .isEqualTo("{\"v\":1,\"messages\":[{\"role\":\"user\",\"text\":\"p\"}]}");
    }

    @Test
    void randomRequestsComeBack() {
        var random = new Random(8);
        for (int i = 0; i < 1_000; i++) {
            var stored = random(random);
            assertThat(RequestCodec.decode(RequestCodec.encode(stored))).isEqualTo(stored);
        }
    }

    @Test
    void extraMayBeAsDeepAsARequestTakes() {
        Object value = "bottom";
        for (int i = 0; i < 100; i++) {
            value = List.of(value);
        }
        var stored = StoredRequest.plain(
                GenerationRequest.builder().prompt("p").extra("x", value).build());

        assertThat(RequestCodec.decode(RequestCodec.encode(stored))).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999_999, 1_000_001})
    void fractionOfAMillisecondIsRoundedUp(long nanos) {
        var stored = StoredRequest.plain(GenerationRequest.builder()
                .prompt("p")
                .attemptTimeout(Duration.ofNanos(nanos))
                .deadline(Duration.ofNanos(nanos))
                .build());

        var read = RequestCodec.decode(RequestCodec.encode(stored)).request();

        assertThat(read.attemptTimeout()).isEqualTo(Duration.ofMillis(nanos / 1_000_000 + 1));
        assertThat(read.deadline()).isEqualTo(Duration.ofMillis(nanos / 1_000_000 + 1));
    }

    @Test
    void fieldsOfLaterVersionsAreIgnored() {
        var read = decode("{\"v\":1,\"later\":{\"a\":[1]},\"messages\":[{\"role\":\"user\",\"text\":\"p\",\"x\":1}]}");

        assertThat(read).isEqualTo(StoredRequest.plain(GenerationRequest.of("p")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":2,\"messages\":[{\"role\":\"user\",\"text\":\"p\"}]}",
                "{\"v\":0,\"messages\":[{\"role\":\"user\",\"text\":\"p\"}]}",
                "{\"v\":\"1\",\"messages\":[{\"role\":\"user\",\"text\":\"p\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"text\":\"p\"}]}"
            })
    void otherVersionIsRefused(String json) {
        assertThatThrownBy(() -> decode(json))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageStartingWith("a request of version ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "null",
                "[]",
                "{\"v\":1",
                "{\"v\":1}",
                "{\"v\":1,\"messages\":[]}",
                "{\"v\":1,\"messages\":[{\"role\":\"robot\",\"text\":\"p\"}]}",
                "{\"v\":1,\"messages\":[{\"role\":\"assistant\",\"text\":\"p\"}]}",
                "{\"v\":1,\"messages\":[{\"role\":\"user\"}]}",
                "{\"v\":1,\"messages\":[{\"text\":\"p\"}]}",
                "{\"v\":1,\"messages\":[{\"role\":\"user\",\"text\":\"p\"}],\"images\":[{\"mediaType\":\"image/png\"}]}",
                "{\"v\":1,\"messages\":[{\"role\":\"user\",\"text\":\"p\"}],"
                        + "\"images\":[{\"mediaType\":\"image/png\",\"base64\":\"*\"}]}",
                "{\"v\":1,\"messages\":[{\"role\":\"user\",\"text\":\"p\"}],\"priority\":101}"
            })
    void garbageIsRefused(String json) {
        assertThatThrownBy(() -> decode(json)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void everyCutOfAStoredRequestIsRefused() {
        var bytes = RequestCodec.encode(StoredRequest.plain(FULL)).bytes();
        for (int length = 0; length < bytes.length; length++) {
            var cut = Payload.of(Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> RequestCodec.decode(cut)).isInstanceOf(RuntimeException.class);
        }
    }

    private static StoredRequest random(Random random) {
        var builder = GenerationRequest.builder().prompt("p" + random.nextInt());
        if (random.nextBoolean()) {
            builder.provider("provider" + random.nextInt(3)).model("m");
        }
        if (random.nextBoolean()) {
            builder.temperature(random.nextInt(201) / 100.0).maxOutputTokens(1 + random.nextInt(10_000_000));
        }
        if (random.nextBoolean()) {
            builder.attemptTimeout(Duration.ofMillis(1 + random.nextInt(86_400_000)));
        }
        if (random.nextBoolean()) {
            builder.setting("s" + random.nextInt(), "v" + (char) (' ' + random.nextInt(0x1000)));
        }
        if (random.nextBoolean()) {
            builder.extra("double", random.nextDouble(-1e300, 1e300)).extra("nested", tree(random, 3));
        }
        builder.priority(random.nextInt(-100, 101));
        return new StoredRequest(
                builder.build(), random.nextBoolean() ? "change" : null, null, random.nextBoolean() ? 4 : null);
    }

    private static @Nullable Object tree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextBoolean() ? (Number) random.nextLong() : (Number) random.nextFloat();
            case 3 -> "text" + random.nextInt();
            case 4 -> {
                var list = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(tree(random, depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put("k" + random.nextInt(), tree(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static StoredRequest decode(String json) {
        return RequestCodec.decode(Payload.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Payload payload) {
        return Json.write(Json.read(payload.bytes()));
    }

    private static byte[] allBytes() {
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static Map<String, Object> nestedWithNulls() {
        var map = new LinkedHashMap<String, Object>();
        map.put("z", null);
        map.put("a", Map.of("deep", List.of(1.5)));
        return map;
    }
}
