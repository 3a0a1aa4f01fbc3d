// A receiver in C#, for .NET and Mono.
//
//   mcs Receiver.cs && WEBHOOK_KEYS="KEY ..." PORT=9000 mono Receiver.exe
using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

public static class Receiver
{
    const int MostBytes = 1000000;

    static readonly string[] Keys = Environment.GetEnvironmentVariable("WEBHOOK_KEYS")
        .Split((char[])null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Returns whether any key signed the raw body within maxAge seconds of now.</summary>
    static bool Verify(string[] keys, string timestamp, byte[] body, string signature, long maxAge = 300)
    {
        // else whoever captures a delivery could move its boundary: bodies have commas, too
        if (!Regex.IsMatch(timestamp, @"^[0-9]{1,15}\z"))
            return false;
        byte[] signed = Encoding.UTF8.GetBytes(timestamp + ",").Concat(body).ToArray();
        bool matches = false;
        foreach (string key in keys)
        {
            using (var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(key)))
            {
                string expected = BitConverter.ToString(hmac.ComputeHash(signed)).Replace("-", "").ToLowerInvariant();
                matches |= CryptographicOperations.FixedTimeEquals(
                    Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
            }
        }
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return matches && Math.Abs(now - long.Parse(timestamp)) <= maxAge;
    }

    /// <summary>Reads the raw bytes of the body.</summary>
    static byte[] Read(Stream stream)
    {
        var body = new MemoryStream();
        var buffer = new byte[8192];
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostBytes)
                throw new InvalidDataException("the body is too large");
        }
        return body.ToArray();
    }

    static void Handle(HttpListenerContext context)
    {
        // what has not come after ten seconds is cut off
        using (new Timer(_ => context.Response.Abort(), null, 10000, Timeout.Infinite))
        {
            try
            {
                context.Response.StatusCode = 400; // unless the body can be read
                byte[] body = Read(context.Request.InputStream);
                bool verified = Verify(
                    Keys,
                    context.Request.Headers["X-Determined-AI-Signature-Timestamp"] ?? "",
                    body,
                    context.Request.Headers["X-Determined-AI-Signature"] ?? "");
                Console.WriteLine(verified ? "verified " + body.Length + " bytes" : "not verified");
                context.Response.StatusCode = verified ? 204 : 401;
                context.Response.Close();
            }
            catch (Exception e) // a malformed request must not end the receiver
            {
                Console.WriteLine("not read: " + e.Message);
                context.Response.Abort();
            }
        }
    }

    public static void Main()
    {
        var listener = new HttpListener();
        listener.Prefixes.Add("http://127.0.0.1:" + Environment.GetEnvironmentVariable("PORT") + "/hook/");
        listener.Start();
        while (true)
        {
            HttpListenerContext context = listener.GetContext();
            Task.Run(() => Handle(context));
        }
    }
}
