package dev.reprise.examples.simulator;

import dev.reprise.examples.simulator.text.Author;
import dev.reprise.examples.simulator.text.StableHash;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** The simulator's two endpoints: finds the dialect, checks the request, draws its fault, has its text written. */
final class ModelApi extends Dispatcher {

    private static final List<Dialect> DIALECTS = List.of(new AnthropicDialect(), new OpenAiDialect());

    private final SimulatorOptions options;
    private final Tally tally;
    private final Pause pause;
    private final MockWebServer server;
    private final Answers answers;
    private final FaultDraw faults;
    private final Author author;

    ModelApi(MockWebServer server, SimulatorOptions options, Tally tally, Pause pause, Answers answers) {
        this.server = server;
        this.options = options;
        this.tally = tally;
        this.pause = pause;
        this.answers = answers;
        this.faults = new FaultDraw(options.seed(), options.faultRate());
        this.author = new Author(options.seed());
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        server.takeRequest(0, TimeUnit.NANOSECONDS); // or it would keep every request for as long as it runs
        long ordinal = tally.arrived();
        String id = Long.toHexString(StableHash.of(options.seed(), "id", ordinal));
        String path = request.getTarget().replaceFirst("\\?.*", "");
        Optional<Dialect> dialect = DIALECTS.stream()
                .filter(candidate -> candidate.path().equals(path))
                .findFirst();
        Answers.Recipient recipient =
                new Answers.Recipient(dialect.orElse(DIALECTS.get(0)), "req_" + id, request.getConnectionIndex());
        try {
            Ask ask = read(recipient.dialect(), dialect.isPresent(), request);
            Optional<Fault> fault =
                    faults.draw(ordinal, ask.streamed(), request.getHeaders().get(Fault.HEADER));
            Reply reply = reply(id, ask, fault.isEmpty());
            pause.forAbout(options.latency());
            return fault.isEmpty() ? answers.whole(recipient, reply) : answers.faulty(fault.get(), recipient, reply);
        } catch (RejectedException e) {
            tally.rejected();
            return answers.error(recipient, e.error());
        }
    }

    private static Ask read(Dialect dialect, boolean pathExists, RecordedRequest request) throws RejectedException {
        if (!pathExists) {
            throw new RejectedException(ApiError.of(404, "Not found: " + request.getTarget()));
        }
        if (!request.getMethod().equals("POST")) {
            throw new RejectedException(ApiError.of(405, "Method not allowed: " + request.getMethod()));
        }
        dialect.authenticate(request.getHeaders());
        return dialect.read(request.getHeaders(), Json.read(body(request)));
    }

    private Reply reply(String id, Ask ask, boolean arrives) {
        String text = author.write(ask.conversation(), arrives);
        return new Reply(id, ask, ask.limits().applyTo(text));
    }

    private static String body(RecordedRequest request) {
        ByteString body = request.getBody();
        return body == null ? "" : body.utf8();
    }
}
