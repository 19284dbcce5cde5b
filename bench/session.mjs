/** Signs in as the guest. */
export async function session() {
  const appUrl = process.env.APP_URL ?? 'http://localhost:3000';
  const backendUrl = process.env.BACKEND_URL ?? 'http://localhost:7007';
  const response = await fetch(`${backendUrl}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const { backstageIdentity } = await response.json();
  return {
    appUrl,
    backendUrl,
    headers: { Authorization: `Bearer ${backstageIdentity.token}` },
  };
}
