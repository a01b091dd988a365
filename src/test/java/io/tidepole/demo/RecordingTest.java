package io.tidepole.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingTest {
    @TempDir
    private Path folder;

    private Recording recording(String text, List<String> measures, int devices) throws IOException {
        Path file = Files.writeString(folder.resolve("rooms.csv"), text);
        return Recording.of("rooms", Table.read(file), Optional.empty(), measures, devices);
    }

    private static Sample sample(String device, Map<String, Double> values) {
        return new Sample(device, Map.of(), values);
    }

    @Test
    void csv_withAColumnOfDevices_isPlayedByEachAndBeginsAgain() throws IOException {
        Recording rooms = recording(
                "reading,mote_id,date,temperature,note\n1,1,2010-01-01,20.5,a\n2,2,2010-01-01,10,b\n3,1,2010-01-02,21,c\n",
                List.of(),
                1);

        assertThat(rooms.devices()).isEqualTo(2);
        assertThat(rooms.at(0))
                .containsExactly(
                        sample("mote_id-1", Map.of("temperature", 20.5)),
                        sample("mote_id-2", Map.of("temperature", 10.0)));
        assertThat(rooms.at(1))
                .containsExactly(
                        sample("mote_id-1", Map.of("temperature", 21.0)),
                        sample("mote_id-2", Map.of("temperature", 10.0)));
        assertThat(rooms.at(2).get(0)).isEqualTo(sample("mote_id-1", Map.of("temperature", 20.5)));
    }

    @Test
    void json_withoutDevices_isPlayedBySoManyFromDifferentRecordsOn() throws IOException {
        Recording rooms =
                recording("[{\"t\":1,\"on\":true},{\"t\":null},{\"t\":3,\"deep\":{}},{\"t\":4}]", List.of("t"), 2);

        assertThat(rooms.at(0))
                .containsExactly(sample("rooms-1", Map.of("t", 1.0)), sample("rooms-2", Map.of("t", 3.0)));
        assertThat(rooms.at(1)).containsExactly(sample("rooms-2", Map.of("t", 4.0)));
    }

    @Test
    void quotes_semicolonsAndHoles_areRead() throws IOException {
        Recording rooms =
                recording("device;\"the; value\";humidity\n\"a \"\"b\"\"\";1.5;\na \"\"\"b\"\"\";;44\n", List.of(), 1);

        assertThat(rooms.at(0)).containsExactly(sample("a \"b\"", Map.of("the; value", 1.5)));
        assertThat(rooms.at(1)).containsExactly(sample("a \"b\"", Map.of("humidity", 44.0)));
    }

    @Test
    void file_thatIsNoRecording_isRefusedWithItsPlace() {
        assertThatThrownBy(() -> recording("a,b\n1,2\n1\n", List.of(), 1)).hasMessageStartingWith("line 3: 1 cells");
        assertThatThrownBy(() -> recording("", List.of(), 1)).hasMessageContaining("no names");
        assertThatThrownBy(() -> recording("a,b\n", List.of(), 1)).hasMessageContaining("no record");
        assertThatThrownBy(() -> recording("a,b\nx,y\n", List.of(), 1)).hasMessageContaining("no column holds numbers");
        assertThatThrownBy(() -> recording("a,b\n1,2\n", List.of("c"), 1))
                .hasMessageContaining("no column c, but a, b");
        assertThatThrownBy(() -> recording("[{\"a\":1},\n7]", List.of(), 1)).hasMessageStartingWith("line 2");
        assertThatThrownBy(() -> recording("[{\"a\":1},\n{", List.of(), 1)).hasMessageStartingWith("line 2");
    }
}
