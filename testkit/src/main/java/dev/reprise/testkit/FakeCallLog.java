package dev.reprise.testkit;

import dev.reprise.provider.ProviderRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The calls of a fake provider. Thread-safe. */
final class FakeCallLog {

    private final List<FakeCall> calls = new ArrayList<>();
    private int underWay;
    private int mostUnderWay;

    synchronized FakeCall begin(ProviderRequest request, Duration timeout, Instant now) {
        var call = new FakeCall(calls.size() + 1, request, timeout, now, null, FakeCall.Ending.UNDER_WAY);
        calls.add(call);
        underWay++;
        mostUnderWay = Math.max(mostUnderWay, underWay);
        return call;
    }

    synchronized void end(FakeCall call, Instant now, FakeCall.Ending ending) {
        calls.set(call.number() - 1, call.ended(now, ending));
        underWay--;
    }

    synchronized List<FakeCall> calls() {
        return List.copyOf(calls);
    }

    synchronized int count() {
        return calls.size();
    }

    synchronized int underWay() {
        return underWay;
    }

    synchronized int mostUnderWay() {
        return mostUnderWay;
    }
}
