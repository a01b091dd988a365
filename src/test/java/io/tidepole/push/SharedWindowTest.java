package io.tidepole.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.protocol.ServerMessage;
import io.tidepole.window.Aggregate;
import io.tidepole.window.Stat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Real groups, deflaters and inflaters; only the sockets are left out. */
final class SharedWindowTest {
    private static final int SLOTS = 12;
    private static final List<Compression> COMPRESSIONS = List.of(Compression.values());

    /** A client: what it was sent, in order, comes out of one inflater, or of a fresh one for each message. */
    private static final class Client {
        private final Compression compression;
        private final Follower follower;
        private final Inflater inflater = new Inflater(true);
        private boolean stalled;

        Client(Compression compression) {
            this.compression = compression;
            this.follower = new Follower(compression);
        }

        List<String> receive(byte[] frames) throws DataFormatException {
            List<String> messages = new ArrayList<>();
            for (int at = 0; at < frames.length; ) {
                boolean compressed = (frames[at] & 0x40) != 0;
                int length = frames[at + 1] & 0x7F;
                int header = 2;
                if (length == 126) {
                    length = (frames[at + 2] & 0xFF) << 8 | (frames[at + 3] & 0xFF);
                    header = 4;
                }
                byte[] payload = Arrays.copyOfRange(frames, at + header, at + header + length);
                messages.add(new String(compressed ? inflate(payload) : payload, StandardCharsets.UTF_8));
                at += header + length;
            }
            return messages;
        }

        private byte[] inflate(byte[] payload) throws DataFormatException {
            if (compression == Compression.RESET) {
                inflater.reset();
            }
            byte[] input = Arrays.copyOf(payload, payload.length + 4);
            input[payload.length + 2] = (byte) 0xFF;
            input[payload.length + 3] = (byte) 0xFF;
            inflater.setInput(input);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1_024];
            for (int size = inflater.inflate(buffer); size > 0; size = inflater.inflate(buffer)) {
                out.write(buffer, 0, size);
            }
            return out.toByteArray();
        }
    }

    private static Group group(Deflaters deflaters, Shape shape) {
        Group group = new Group(1, new Group.Key(List.of(), shape), deflaters);
        for (int i = 0; i < SLOTS; i++) {
            group.addSlot(slot(i), false);
        }
        return group;
    }

    private static Slot slot(int number) {
        Descriptor descriptor =
                Descriptor.gauge(SeriesKey.of("temperature", "device", "sensor-" + number), Unit.CELSIUS);
        return new Slot(number, descriptor, java.util.Optional.empty(), 1_000, Stat.LAST);
    }

    @Property(tries = 2_000)
    void joins_leaves_stalls_and_epochs_always_inflate_to_what_was_sent(@ForAll long seed) throws DataFormatException {
        Random random = new Random(seed);
        Deflaters deflaters = new Deflaters(true, 1 + random.nextInt(9), random.nextInt(3), 1 + random.nextInt(6));
        Group group = group(deflaters, random.nextBoolean() ? Shape.COLUMNS : Shape.FLAT);
        List<Client> clients = new ArrayList<>();
        Output output = new Output();
        Alone alone = new Alone(3);
        for (int tick = 0; tick < 40; tick++) {
            change(random, group, clients);
            for (Client client : clients) {
                if (random.nextInt(6) == 0) {
                    tell(client, alone, random);
                }
            }
            Encoded.Bundle bundle = encode(random, group, output, tick);
            for (Client client : clients) {
                deliver(client, bundle, group);
            }
        }
        clients.forEach(client -> group.leave(client.compression));
        alone.close();
        assertThat(deflaters.inUse()).isZero();
    }

    /** A message for this client only, in two parts as an answer to a subscribe is. */
    private static void tell(Client client, Alone alone, Random random) throws DataFormatException {
        byte[] head = "[%d,".formatted(random.nextLong()).getBytes(StandardCharsets.UTF_8);
        byte[] end = "%d]".formatted(random.nextLong()).repeat(30).getBytes(StandardCharsets.UTF_8);
        byte[] frame = client.follower.standsAlone()
                ? Frames.frame(Frames.COMPRESSED_TEXT, Alone.stored(head), alone.blocks(end))
                : Frames.frame(Frames.TEXT, head, end);
        assertThat(client.receive(frame))
                .containsExactly(new String(head, StandardCharsets.UTF_8) + new String(end, StandardCharsets.UTF_8));
    }

    private static void change(Random random, Group group, List<Client> clients) {
        if (clients.isEmpty() || random.nextInt(3) == 0) {
            Client client = new Client(COMPRESSIONS.get(random.nextInt(3)));
            group.join(client.compression);
            clients.add(client);
        }
        if (random.nextInt(8) == 0) {
            Client client = clients.remove(random.nextInt(clients.size()));
            group.leave(client.compression);
        }
        for (Client client : clients) {
            client.stalled = random.nextInt(6) == 0;
        }
    }

    private static Encoded.Bundle encode(Random random, Group group, Output output, int tick) {
        if (random.nextInt(5) == 0) {
            group.addSlot(slot(100 + tick), true);
        }
        for (int place = 0; place < SLOTS; place++) {
            if (random.nextInt(3) > 0) {
                group.take(place, Aggregate.of(tick * 1_000_000L, random.nextInt(100) / 4.0));
            }
        }
        return group.encodeTick(tick * 1_000L, output);
    }

    private static void deliver(Client client, Encoded.Bundle bundle, Group group) throws DataFormatException {
        if (client.stalled) {
            client.follower.lost();
            return;
        }
        byte[] bytes =
                switch (client.follower.follow(bundle)) {
                    case PLAIN -> bundle.plain();
                    case SHARED -> bundle.shared();
                    case ALONE -> bundle.alone();
                };
        if (client.follower.wantsEpoch(bundle)) {
            group.waited(1);
        }
        assertThat(client.receive(bytes)).isEqualTo(new Client(Compression.NONE).receive(bundle.plain()));
    }

    @Test
    void epoch_opens_when_waiting_has_cost_as_much_but_not_more_often_than_allowed() {
        assertThat(epochs(2, 10, 1)).containsExactly(0, 4, 8, 12, 16);
        assertThat(epochs(2, 10, 8)).containsExactly(0, 2, 4, 6, 8, 10, 12, 14, 16, 18);
        assertThat(epochs(5, 10, 8)).containsExactly(0, 5, 10, 15);
        assertThat(epochs(2, 10, 0)).containsExactly(0);
    }

    /** Which of 20 bundles open an epoch: 300 bytes plain, 100 in an epoch's first and 20 in others. */
    private static List<Integer> epochs(int minFrames, int followers, int waiting) {
        SharedWindow window = new SharedWindow(7, 3, minFrames);
        List<Integer> epochs = new ArrayList<>();
        for (int bundle = 0; bundle < 20; bundle++) {
            window.beginBundle();
            if (window.opensEpoch()) {
                epochs.add(bundle);
            }
            window.endBundle(300, window.opensEpoch() ? 100 : 20, followers);
            window.waited(waiting);
        }
        window.close();
        return epochs;
    }

    @Test
    void groups_beyond_the_number_of_deflaters_get_messages_that_stand_alone() {
        Deflaters deflaters = new Deflaters(true, 3, 1, 20);
        Group first = group(deflaters, Shape.COLUMNS);
        Group second = group(deflaters, Shape.COLUMNS);
        first.join(Compression.SHARED);
        second.join(Compression.SHARED);

        assertThat(encode(new Random(1), first, new Output(), 1).shared()).isNotEmpty();
        Encoded.Bundle without = encode(new Random(1), second, new Output(), 1);
        assertThat(without.shared()).isEmpty();
        assertThat(without.alone()).isNotEmpty();
        first.leave(Compression.SHARED);
        assertThat(encode(new Random(1), second, new Output(), 2).shared()).isNotEmpty();
        second.leave(Compression.SHARED);
    }

    @Test
    void those_who_wait_for_an_epoch_get_messages_that_stand_alone() {
        Group group = group(new Deflaters(true, 3, 9, 20), Shape.COLUMNS);
        Output output = new Output();
        group.join(Compression.SHARED);
        encode(new Random(1), group, output, 1);
        assertThat(encode(new Random(2), group, output, 2).alone()).isEmpty();

        group.join(Compression.SHARED);
        Encoded.Bundle first = encode(new Random(3), group, output, 3);
        assertThat(first.opensEpoch()).isFalse();
        assertThat(new Follower(Compression.SHARED).follow(first)).isEqualTo(Follower.Form.ALONE);
        group.waited(1);
        assertThat(encode(new Random(4), group, output, 4).alone()).isNotEmpty();
        assertThat(encode(new Random(5), group, output, 5).alone()).isEmpty();
        group.leave(Compression.SHARED);
        group.leave(Compression.SHARED);
    }

    @Test
    void list_of_series_is_made_once_for_all_who_ask_between_two_bundles() {
        Group group = group(new Deflaters(true, 3, 9, 20), Shape.COLUMNS);
        group.join(Compression.SHARED);
        Spec spec = new Spec(List.of(), 1_000, Stat.LAST, java.util.Optional.empty(), io.tidepole.auth.ReadRights.ALL);
        List<ServerMessage.Entry> entries =
                group.dictionary().stream().map(Slot::entry).toList();

        var plain = group.listings(spec, false, () -> entries);
        var deflated = group.listings(spec, true, () -> entries);
        assertThat(plain.get(0).deflated()).isEmpty();
        assertThat(deflated.get(0).deflated()).hasSizeBetween(1, deflated.get(0).plain().length / 4);
        assertThat(group.listings(spec, false, () -> List.of())).isSameAs(deflated);
        encode(new Random(1), group, new Output(), 1);
        assertThat(group.listings(spec, true, () -> entries)).isNotSameAs(deflated);
        group.leave(Compression.SHARED);
    }

    @Test
    void forms_that_nobody_takes_are_not_made() {
        Deflaters deflaters = new Deflaters(true, 3, 9, 20);
        Group group = group(deflaters, Shape.COLUMNS);
        group.join(Compression.NONE);

        Encoded.Bundle bundle = encode(new Random(1), group, new Output(), 1);

        assertThat(bundle.shared()).isEmpty();
        assertThat(bundle.alone()).isEmpty();
        assertThat(deflaters.inUse()).isZero();
    }
}
