package dev.reprise.examples.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class SimulatorTest {

    private static final String BODY = "{\"model\":\"m\",\"max_tokens\":500,\"stream\":true,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Price: 49 EUR\"}]}";

    @Test
    void sameSeedAndSameRequestsGiveTheSameBytes() throws IOException {
        assertThat(transcript(5)).isEqualTo(transcript(5)).isNotEqualTo(transcript(6));
    }

    @Test
    void unknownPathsAndMethodsAreErrors() throws IOException {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().flawless())) {
            assertThat(code(simulator, "/v1/models")).isEqualTo(404);
            assertThat(code(simulator, "/v1/messages")).isEqualTo(405);
            assertThat(simulator.counts().rejected()).isEqualTo(2);
        }
    }

    @Test
    void manyCallersAtOnceAreAllAnswered() throws IOException {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().flawless())) {
            Caller caller = new Caller(simulator);
            List<CompletableFuture<Integer>> calls = IntStream.range(0, 100)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                        try {
                            return caller.anthropic(BODY).code();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }))
                    .toList();

            assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo(200));
            assertThat(simulator.counts().answered()).isEqualTo(100);
        }
    }

    @Test
    void closingEndsAnswersUnderWay() throws Exception {
        Simulator simulator = Simulator.start(SimulatorOptions.defaults().flawless().toBuilder()
                .latency(Duration.ofHours(1))
                .build());
        CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> {
            try {
                return new Caller(simulator).anthropic(BODY).body();
            } catch (IOException e) {
                return "connection broken";
            }
        });
        while (simulator.counts().total() == 0) {
            Thread.onSpinWait();
        }
        simulator.close();
        simulator.close();

        assertThat(call).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void closesWhileManyStreamsAreUnderWay() throws IOException {
        Simulator simulator = Simulator.start(SimulatorOptions.defaults().flawless().toBuilder()
                .chunkDelay(Duration.ofSeconds(10))
                .build());
        Caller caller = new Caller(simulator);
        for (int i = 0; i < 30; i++) {
            Caller.CLIENT.newCall(caller.anthropicRequest(BODY)).enqueue(new Callback() {
                @Override
                public void onFailure(Call call, IOException e) {}

                @Override
                public void onResponse(Call call, Response response) {
                    response.close();
                }
            });
        }
        while (simulator.counts().total() < 5) {
            Thread.onSpinWait();
        }

        assertThatCode(simulator::close).doesNotThrowAnyException();
    }

    @Test
    void listensOnThePortItWasGiven() throws IOException {
        int port;
        try (Simulator free = Simulator.start(SimulatorOptions.defaults())) {
            port = Integer.parseInt(free.anthropicBaseUrl().replaceAll(".*:", ""));
        }
        try (Simulator given =
                Simulator.start(SimulatorOptions.builder().port(port).build())) {
            assertThat(given.anthropicBaseUrl()).isEqualTo("http://127.0.0.1:" + port);
            assertThat(given.openAiBaseUrl()).isEqualTo("http://127.0.0.1:" + port + "/v1");
        }
    }

    @Test
    void optionsNameWhatIsWrong() {
        assertThatThrownBy(() -> SimulatorOptions.builder().faultRate(1.5).build())
                .hasMessage("faultRate must be from 0 to 1: 1.5");
        assertThatThrownBy(
                        () -> SimulatorOptions.builder().faultRate(Double.NaN).build())
                .hasMessage("faultRate must be from 0 to 1: NaN");
        assertThatThrownBy(() -> SimulatorOptions.builder()
                        .latency(Duration.ofMillis(-1))
                        .build())
                .hasMessage("latency must not be negative: PT-0.001S");
        assertThatThrownBy(() -> SimulatorOptions.builder().port(70_000).build())
                .hasMessage("port must be from 0 to 65535: 70000");
        SimulatorOptions options = SimulatorOptions.builder()
                .seed(3)
                .chunkDelay(Duration.ofMillis(7))
                .build();
        assertThat(options.toBuilder().build()).isEqualTo(options);
    }

    private static List<String> transcript(long seed) throws IOException {
        SimulatorOptions options = SimulatorOptions.defaults().flawless().toBuilder()
                .seed(seed)
                .faultRate(0.3)
                .build();
        List<String> transcript = new ArrayList<>();
        try (Simulator simulator = Simulator.start(options)) {
            Caller caller = new Caller(simulator);
            for (int i = 0; i < 40; i++) {
                try {
                    transcript.add(caller.anthropic(BODY).body());
                } catch (IOException e) {
                    transcript.add("connection broken");
                }
            }
        }
        return transcript;
    }

    private static int code(Simulator simulator, String path) throws IOException {
        Request request =
                new Request.Builder().url(simulator.anthropicBaseUrl() + path).build();
        try (Response response = Caller.CLIENT.newCall(request).execute()) {
            return response.code();
        }
    }
}
