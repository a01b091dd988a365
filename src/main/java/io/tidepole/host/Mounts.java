package io.tidepole.host;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which file systems are worth showing, from /proc/self/mounts. */
final class Mounts {
    /** Those whose answer comes from another machine, or from a program: they may hang. */
    private static final Set<String> REMOTE_TYPES = Set.of(
            "nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "lustre", "afs", "9p", "ncpfs", "orangefs");

    /** Kept elsewhere than on a device of ours, but as real. */
    private static final Set<String> REAL_TYPES = Set.of("zfs", "virtiofs", "bcachefs");

    /** Images that are full by nature. */
    private static final Set<String> IMAGE_TYPES =
            Set.of("squashfs", "iso9660", "udf", "erofs", "cramfs", "fuse.snapfuse", "fuse.squashfuse");

    private Mounts() {}

    /**
     * The mount points of this machine's own file systems, each device once, at its shortest path.
     *
     * @param isFolder what is none is a bind mount of a single file, as containers have them, and left out
     */
    static Collection<String> local(String mounts, Predicate<String> isFolder) throws IOException {
        return points(mounts, mount -> !mount.isRemote() && mount.isReal() && isFolder.test(mount.point));
    }

    /** The mount points of file systems that are elsewhere, each once. */
    static Collection<String> remote(String mounts) throws IOException {
        return points(mounts, mount -> mount.isRemote() && !IMAGE_TYPES.contains(mount.type));
    }

    /** Asks for the room behind each mount point; those without an answer are left out. */
    static List<FileSystemUse> measure(Collection<String> points) {
        List<FileSystemUse> uses = new ArrayList<>();
        for (String point : points) {
            File folder = new File(point);
            long size = folder.getTotalSpace();
            if (size > 0) {
                uses.add(new FileSystemUse(point, size, folder.getFreeSpace(), folder.getUsableSpace()));
            }
        }
        return uses;
    }

    private static Collection<String> points(String mounts, Predicate<Mount> wanted) throws IOException {
        Map<String, String> pointsByDevice = new LinkedHashMap<>();
        for (String line : (Iterable<String>) mounts.lines()::iterator) {
            Words words = new Words(line);
            Mount mount = new Mount(words.next(), unescape(words.next()), words.next());
            if (wanted.test(mount)) {
                pointsByDevice.merge(
                        mount.device, mount.point, (one, other) -> one.length() <= other.length() ? one : other);
            }
        }
        return pointsByDevice.values();
    }

    private record Mount(String device, String point, String type) {
        boolean isRemote() {
            return REMOTE_TYPES.contains(type) || type.startsWith("fuse.");
        }

        /** The root is always shown: in a container it is an overlay. */
        boolean isReal() {
            return point.equals("/")
                    || REAL_TYPES.contains(type)
                    || (device.startsWith("/dev/") && !device.startsWith("/dev/loop") && !IMAGE_TYPES.contains(type));
        }
    }

    /** Blanks and the like are written as a backslash and three octal digits. */
    private static String unescape(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
