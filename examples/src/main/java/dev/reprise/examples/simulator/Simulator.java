package dev.reprise.examples.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.MockWebServer;

/**
 * A local server that speaks Anthropic Messages and OpenAI-compatible chat completions, in one piece and streamed.
 *
 * <p>Its texts follow from the prompts: a brief is written up with all of its facts, in a shape that differs from one
 * answer to the next; a conversation that ends in an instruction gets its last text back, changed accordingly. It
 * accepts any key and any model name, listens on 127.0.0.1 only, and misbehaves as often as its options say (see
 * {@link Fault}). Thread-safe.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.start(SimulatorOptions.builder().seed(7).build())) {
 *     String baseUrl = simulator.anthropicBaseUrl();
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {

    /** Held on to, because the logging system forgets the level of a logger nobody holds. */
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final MockWebServer server = new MockWebServer();
    private final Tally tally = new Tally();
    private final Pause pause = new Pause();

    private Simulator(SimulatorOptions options) {
        Connections connections = new Connections();
        server.setServerSocketFactory(connections);
        Answers answers = new Answers(options, tally, pause, connections);
        server.setDispatcher(new ModelApi(server, options, tally, pause, answers));
    }

    /**
     * Starts a simulator; it runs until it is closed.
     *
     * @throws IOException when the port cannot be had
     */
    public static Simulator start(SimulatorOptions options) throws IOException {
        Objects.requireNonNull(options, "options");
        if (SERVER_LOG.getLevel() == null) {
            SERVER_LOG.setLevel(Level.WARNING); // one line a request would drown what an example prints
        }
        Simulator simulator = new Simulator(options);
        simulator.server.start(InetAddress.getByAddress(LOOPBACK), options.port());
        return simulator;
    }

    /** The base URL for an Anthropic client, to which it adds {@code /v1/messages}. */
    public String anthropicBaseUrl() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** The base URL for an OpenAI-compatible client, to which it adds {@code /chat/completions}. */
    public String openAiBaseUrl() {
        return anthropicBaseUrl() + "/v1";
    }

    /** The requests so far. */
    public RequestCounts counts() {
        return tally.snapshot();
    }

    /** Ends every wait and connection. Closing twice is as good as once. */
    @Override
    public void close() {
        pause.end();
        server.close();
    }
}
