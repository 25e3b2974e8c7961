package dev.reprise.examples.simulator;

import java.io.Closeable;
import java.io.IOException;
import mockwebserver3.MockResponseBody;
import okio.Buffer;
import okio.BufferedSink;

/** A body that breaks off after its first half, having promised all of it. */
record ShortBody(String whole, Closeable connection) implements MockResponseBody {

    @Override
    public long getContentLength() {
        return new Buffer().writeUtf8(whole).size();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(new Buffer().writeUtf8(whole), getContentLength() / 2);
        sink.flush();
        connection.close();
        throw new IOException("simulated: the body breaks here");
    }
}
