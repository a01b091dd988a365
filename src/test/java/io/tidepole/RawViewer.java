package io.tidepole;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A WebSocket client made of a plain socket, so that a test decides every byte that it sends. */
final class RawViewer implements AutoCloseable {
    static final String COLUMNS = "Sec-WebSocket-Protocol: metrics.v1.columns\r\n";
    static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    private static final int TIMEOUT_MILLIS = 30_000;

    /** A frame as it came; text messages are inflated. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Frame(int opcode, boolean compressed, String text, int closeCode, int bytes, byte[] payload) {}

    final String response;
    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    private final Inflater inflater = new Inflater(true);

    RawViewer(int port, String headers) throws IOException {
        this(port, headers, 0);
    }

    RawViewer(int port, String headers, int receiveBuffer) throws IOException {
        this(port, "/ws", headers, receiveBuffer);
    }

    RawViewer(int port, String path, String headers, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        response = readHead();
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    void send(String text) throws IOException {
        send(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a masked frame with this first byte. */
    void send(int firstByte, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(firstByte);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            frame.write(0x80 | 126);
            frame.write(payload.length >>> 8);
            frame.write(payload.length);
        } else {
            frame.write(0x80 | 127);
            frame.write(new byte[4]);
            frame.write(payload.length >>> 24);
            frame.write(payload.length >>> 16);
            frame.write(payload.length >>> 8);
            frame.write(payload.length);
        }
        frame.write(new byte[4]);
        frame.write(payload);
        out.write(frame.toByteArray());
    }

    /** The next frame; fails after ten seconds without one. */
    Frame next() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = in.readNBytes(length);
        boolean compressed = (first & 0x40) != 0;
        int opcode = first & 0x0F;
        int closeCode = opcode == 8 && length >= 2 ? (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF) : 0;
        byte[] plain = compressed ? inflate(payload) : payload;
        return new Frame(opcode, compressed, new String(plain, StandardCharsets.UTF_8), closeCode, length, plain);
    }

    /** The payload of the next frame, which is not a close; heartbeats are passed over. */
    byte[] nextPayload() throws IOException {
        Frame frame = next();
        while (frame.opcode() == 9) {
            frame = next();
        }
        if (frame.opcode() == 8) {
            throw new IOException("closed with " + frame.closeCode());
        }
        return frame.payload();
    }

    /** The next text message that contains this; others and pings are passed over. */
    String next(String part) throws IOException {
        return nextFrame(part).text();
    }

    Frame nextFrame(String part) throws IOException {
        long deadline = System.nanoTime() + 2_000_000L * TIMEOUT_MILLIS;
        while (true) {
            Frame frame = next();
            if (System.nanoTime() > deadline) {
                throw new IOException("no message with " + part);
            }
            if (frame.opcode() == 8) {
                throw new IOException("closed with " + frame.closeCode());
            }
            if (frame.opcode() == 1 && frame.text().contains(part)) {
                return frame;
            }
        }
    }

    /** The close code; everything before it is passed over. */
    int closeCode() throws IOException {
        while (true) {
            Frame frame = next();
            if (frame.opcode() == 8) {
                return frame.closeCode();
            }
        }
    }

    private byte[] inflate(byte[] payload) throws IOException {
        byte[] input = Arrays.copyOf(payload, payload.length + 4);
        input[payload.length + 2] = (byte) 0xFF;
        input[payload.length + 3] = (byte) 0xFF;
        inflater.setInput(input);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] buffer = new byte[4_096];
        try {
            for (int size = inflater.inflate(buffer); size > 0; size = inflater.inflate(buffer)) {
                plain.write(buffer, 0, size);
            }
        } catch (DataFormatException e) {
            throw new IOException("the message does not inflate", e);
        }
        return plain.toByteArray();
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        socket.close();
    }
}
