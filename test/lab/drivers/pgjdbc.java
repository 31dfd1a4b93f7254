// pgjdbc. The line protocol is that of serve.ts, read with Gson; a variable can't be set in a running Java, so the lab starts
// one for each environment.
import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.postgresql.util.DriverInfo;

public class pgjdbc {
    static class Task {
        String string;
    }

    public static void main(String[] arguments) throws Exception {
        // Java takes the home from the list of users, and public roots from a store of its own kind.
        System.setProperty("user.home", System.getenv("HOME"));
        trust(System.getenv("SSL_CERT_FILE"));
        DriverManager.setLoginTimeout(4);
        var gson = new Gson();
        say(gson, Map.of("version", DriverInfo.DRIVER_VERSION));
        var lines = new BufferedReader(new InputStreamReader(System.in));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            say(gson, attempt(gson.fromJson(line, Task.class)));
        }
        System.exit(0);
    }

    static Map<String, Object> attempt(Task task) {
        try (Connection connection = DriverManager.getConnection(task.string)) {
            connection.createStatement().execute("select 1");
            return Map.of("ok", true);
        } catch (Throwable error) {
            var message = String.valueOf(error.getMessage());
            return Map.of("ok", false, "error", message, "unfinished", message.contains("timeout"));
        }
    }

    static void say(Gson gson, Object message) {
        System.out.println(gson.toJson(message));
        System.out.flush();
    }

    static void trust(String pem) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var certificate = new FileInputStream(pem)) {
            store.setCertificateEntry("lab", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        var file = Files.createTempFile("lab", ".p12");
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            store.store(out, "lab".toCharArray());
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "lab");
        file.toFile().deleteOnExit();
    }
}
